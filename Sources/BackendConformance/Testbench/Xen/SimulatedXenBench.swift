package import NetBackend
package import XenNetif

/// Benches with a netback in front of a frontend in memory.
public enum SimulatedXenBench {
  /// The port that records.
  package typealias Port = ScriptedXen<SimulatedXenPort>
  /// Opens the backend that is tested, through the port that records.
  package typealias Opener =
    @Sendable (OpenRequest, Port, NetbackPolicy) throws(BackendError) -> any NetBackend

  /// A factory of benches for `sim:xen`, whose netback decides what the specification leaves open
  /// strictly.
  public static func factory() -> TestbenchFactory { factory(name: "sim:xen") }

  /// A factory of benches for a backend that stands in for the netback.
  package static func factory(
    name: String,
    policy: NetbackPolicy = .strict,
    opener: @escaping Opener = { request, port, policy throws(BackendError) in
      try XenNetback(request, port: port, policy: policy)
    }
  ) -> TestbenchFactory {
    TestbenchFactory(name: name, families: ["xen"], sharesNothing: true) {
      options throws(BenchError) in
      for name in options.options.keys {
        throw .unsupported("the bench has no option \(name)")
      }
      return XenBench(policy: policy, opener: opener)
    }
  }
}
