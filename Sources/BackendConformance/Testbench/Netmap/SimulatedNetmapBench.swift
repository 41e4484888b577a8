internal import NetBackend
internal import Netmap

/// Benches with a netmap backend on a simulated kernel.
public enum SimulatedNetmapBench {
  /// The type of bench.
  package typealias Bench = NetmapBench<SimulatedNetmapSite>

  /// A factory of benches for `sim:netmap` or `sim:vale`, by prefix.
  public static func factory(prefix: String) -> TestbenchFactory {
    factory(prefix: prefix, name: "sim:\(prefix)")
  }

  /// A factory of benches for a backend that stands in for the simulated one.
  ///
  /// - Parameters:
  ///   - name: The backend's name.
  ///   - departures: The quirks that the backend is known for.
  ///   - pollsOnArrival: Whether arriving frames are polled for on the backend's behalf.
  ///   - selector: Selects a kind by name; the registry's own rule if there is none.
  ///   - opener: Opens the backend that is tested.
  package static func factory(
    prefix: String,
    name: String,
    departures: [Quirk] = [],
    pollsOnArrival: Bool = false,
    selector: Bench.Selector? = nil,
    opener: @escaping Bench.Opener = { request, port throws(BackendError) in
      try NetmapBackend(request, port: port)
    }
  ) -> TestbenchFactory {
    let families: Set<String> = prefix == "vale" ? ["netmap", "vale"] : ["netmap", "card"]
    return TestbenchFactory(
      name: name,
      families: families,
      departures: departures,
      sharesNothing: true
    ) {
      options throws(BenchError) in
      let device: SimulatedNetmapDevice = prefix == "vale" ? .switchPort : .card
      return Bench(
        try SimulatedNetmapSite(device, options),
        families: families,
        forged: options.options,
        pollsOnArrival: pollsOnArrival,
        selector: selector,
        opener: opener
      )
    }
  }
}
