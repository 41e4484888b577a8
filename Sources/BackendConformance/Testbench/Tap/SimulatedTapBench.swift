internal import NetBackend
internal import Tap

/// Benches with a tap backend on a simulated kernel.
public enum SimulatedTapBench {
  /// The type of bench.
  package typealias Bench = TapBench<SimulatedTapSite>

  /// A factory of benches for `sim:tap` or `sim:vmnet`, by prefix.
  public static func factory(prefix: String) -> TestbenchFactory {
    factory(prefix: prefix, name: "sim:\(prefix)", selector: nil)
  }

  /// A factory of benches for a backend that stands in for the simulated one.
  ///
  /// - Parameters:
  ///   - name: The backend's name.
  ///   - lacking: The instruments that the backend has no use for.
  ///   - departures: The quirks that the backend is known for.
  ///   - selector: Selects a kind by name; the registry's own rule if there is none.
  ///   - opener: Opens the backend that is tested.
  package static func factory(
    prefix: String,
    name: String,
    lacking: Set<Instrument> = [],
    departures: [Quirk] = [],
    selector: Bench.Selector? = nil,
    opener: @escaping Bench.Opener = { request, port throws(BackendError) in
      try TapBackend(request, port: port)
    }
  ) -> TestbenchFactory {
    TestbenchFactory(
      name: name,
      families: ["tap"],
      departures: departures,
      sharesNothing: true
    ) {
      _ throws(BenchError) in
      Bench(
        try SimulatedTapSite(prefix: prefix),
        lacking: lacking,
        selector: selector,
        opener: opener
      )
    }
  }
}
