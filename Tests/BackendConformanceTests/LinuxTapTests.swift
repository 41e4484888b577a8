import BackendConformance
import Testing

/// The simulated tap tells the truth: the real one gives the same observations.
@Suite(
  .enabled(if: PrivateNetwork.isPermitted, "taps need root and /dev/net/tun"),
  .serialized
)
struct LinuxTapTests {
  @Test("Every script gives the same observations on the simulated and the real tap")
  func sameObservations() throws {
    let differences = try PrivateNetwork.run { () throws -> [String] in
      let site = try LinuxTapSite(name: "tap0", ownership: .own)
      defer { site.finish() }
      let real = ScenarioRunner(LinuxTapBench.factory(name: "tap0", site: site))
      let simulated = ScenarioRunner(SimulatedTapBench.factory(prefix: "tap"))
      return Catalogue.all.flatMap { requirement in
        // Time passes by itself on a real tap.
        requirement.scripts.filter { !$0.instruments.contains(.virtualClock) }
          .compactMap { Self.difference($0, real, simulated) }
      }
    }
    #expect(differences == [])
  }

  private static func difference(
    _ script: Script,
    _ real: ScenarioRunner,
    _ simulated: ScenarioRunner
  ) -> String? {
    let (left, right) = (real.play(script), simulated.play(script))
    let name = "\(script.requirement) (\(script.name))"
    guard left.finding == right.finding else {
      return "\(name): real \(left.finding.map { "\($0)" } ?? "passed"), "
        + "simulated \(right.finding.map { "\($0)" } ?? "passed")"
    }
    guard left.records != right.records, !script.isConcurrent else { return nil }
    let pair = zip(left.records, right.records).first { $0 != $1 }
    return
      "\(name): step \((pair?.0.step ?? 0) + 1): real \(pair.map { "\($0.0.observation)" } ?? "ends"), "
      + "simulated \(pair.map { "\($0.1.observation)" } ?? "ends")"
  }
}

extension Script {
  /// Whether lanes play at the same time, so that their order is not fixed.
  fileprivate var isConcurrent: Bool {
    allSteps.contains { if case .together = $0.action { true } else { false } }
  }
}
