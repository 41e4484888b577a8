package import NetBackend
package import XenNetif

/// Benches with a netback in front of a frontend in memory.
public enum SimulatedXenBench {
  /// The port that records.
  package typealias Port = ScriptedXen<SimulatedXenPort>
  /// Opens the backend that is tested, through the port that records.
  package typealias Opener =
    @Sendable (OpenRequest, Port, NetbackPolicy) throws(BackendError) -> any NetBackend

  /// A factory of benches for `sim:xen`, whose netback decides what the protocol leaves open as the
  /// profile says, and strictly if it says nothing.
  public static func factory() -> TestbenchFactory { factory(name: "sim:xen") }

  /// A factory of benches for a backend that stands in for the netback.
  ///
  /// - Parameter policy: What it decides whatever the profile.
  package static func factory(
    name: String,
    policy: NetbackPolicy? = nil,
    opener: @escaping Opener = { request, port, policy throws(BackendError) in
      try XenNetback(request, port: port, policy: policy)
    }
  ) -> TestbenchFactory {
    TestbenchFactory(name: name, families: ["xen"], sharesNothing: true) {
      options,
      profile throws(BenchError) in
      let policy = policy ?? NetbackPolicy.of(profile)
      let configuration = try FrontendConfiguration(options.options)
      return XenBench(policy: policy, configuration: configuration, opener: opener)
    }
  }
}

extension FrontendConfiguration {
  /// The most queues that a script may ask for, which are many more than any netback offers.
  private static let mostQueues = 64

  /// How a frontend connects that a script plays by hand; `nil` if none does.
  ///
  /// The option `scripted` says so, `queues` is their number, `split` and `control` are 1 or 0, and
  /// `transmitStart` and `receiveStart` the indices that the rings begin with.
  fileprivate init?(_ options: [String: Int]) throws(BenchError) {
    let known: Set = ["scripted", "queues", "split", "control", "transmitStart", "receiveStart"]
    if let other = options.keys.filter({ !known.contains($0) }).sorted().first {
      throw .unsupported("the bench has no option \(other)")
    }
    guard options["scripted"] == 1 else { return nil }
    self.init()
    let queues = options["queues"] ?? 1
    guard (1...Self.mostQueues).contains(queues) else {
      throw .failed("a frontend has 1 to \(Self.mostQueues) queues")
    }
    self.queues = queues
    isSplit = options["split"] == 1
    hasControl = options["control"] == 1
    transmitStart = UInt32(truncatingIfNeeded: options["transmitStart"] ?? 0)
    receiveStart = UInt32(truncatingIfNeeded: options["receiveStart"] ?? 0)
  }
}
