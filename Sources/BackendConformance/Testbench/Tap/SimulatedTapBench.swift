public import NetBackend
public import Tap

/// Benches with a tap backend on a simulated kernel.
public enum SimulatedTapBench {
  /// The type of bench.
  public typealias Bench = TapBench<SimulatedTapSite>

  /// A factory of benches for `sim:tap` or `sim:vmnet`, by prefix.
  ///
  /// - Parameters:
  ///   - name: The backend's name, if it is not the simulator's.
  ///   - selector: Selects a kind by name; the registry's own rule if there is none.
  ///   - opener: Opens the backend that is tested; a ``TapBackend`` if there is none.
  public static func factory(
    prefix: String,
    name: String? = nil,
    selector: Bench.Selector? = nil,
    opener: @escaping Bench.Opener = { request, port throws(BackendError) in
      try TapBackend(request, port: port)
    }
  ) -> TestbenchFactory {
    TestbenchFactory(name: name ?? "sim:\(prefix)", family: "tap") { _ throws(BenchError) in
      try Bench(SimulatedTapSite(prefix: prefix), selector: selector, opener: opener)
    }
  }
}
