import BackendConformance
import NetBackend
import Netmap
import Tap
import Testing

/// The right backends on the simulators pass everything.
@Suite struct SimulatorTests {
  @Test(
    "The simulated tap passes, and nothing it can show is unsupported",
    arguments: Catalogue.all.filter { $0.untestable == nil }.map(\.slug),
    ["tap", "vmnet"]
  )
  func simulatedTapPasses(slug: String, prefix: String) throws {
    let requirement = try #require(Catalogue.requirement(slug))
    let factory = SimulatedTapBench.factory(prefix: prefix)
    guard factory.plays(requirement) else { return }
    let scenario = ScenarioRunner(factory).run(requirement)
    #expect(scenario.suiteFault == nil)
    #expect(scenario.result.judgement == Judgement(.passed))
    #expect(scenario.result.casesUnsupported == 0)
  }

  @Test(
    "The simulated netmap and VALE port pass, and lack only what their devices lack",
    arguments: Catalogue.all.filter { $0.untestable == nil }.map(\.slug),
    ["netmap", "vale"]
  )
  func simulatedRingsPass(slug: String, prefix: String) throws {
    let requirement = try #require(Catalogue.requirement(slug))
    let factory = SimulatedNetmapBench.factory(prefix: prefix)
    guard factory.plays(requirement) else { return }
    let scenario = ScenarioRunner(factory).run(requirement)
    #expect(scenario.suiteFault == nil)
    #expect([.passed, .unsupported].contains(scenario.result.judgement.verdict))
    for played in scenario.cases {
      guard case .unsupported(let reason) = played.finding else { continue }
      #expect(Self.lacking.contains { reason.hasPrefix($0) }, "\(played.script.name): \(reason)")
    }
  }

  @Test(
    "They pass as well where calls take the shortest way from the first on",
    arguments: Catalogue.all.filter { $0.untestable == nil }.map(\.slug),
    [wideOpenTap, wideOpenNetmap]
  )
  func shortestWayPasses(slug: String, factory: TestbenchFactory) throws {
    let requirement = try #require(Catalogue.requirement(slug))
    guard factory.plays(requirement) else { return }
    let scenario = ScenarioRunner(factory).run(requirement)
    #expect(scenario.suiteFault == nil)
    #expect([.passed, .unsupported].contains(scenario.result.judgement.verdict))
  }

  @Test(
    "The simulated netback passes under each profile, and lacks only what it has no use for",
    arguments: Catalogue.all.filter { $0.untestable == nil }.map(\.slug),
    // What passes under xen-strict passes under strict, which only allows more.
    [Profile.xenStrict, .xenLinux, .xenFreeBSD]
  )
  func simulatedNetbackPasses(slug: String, profile: Profile) throws {
    let requirement = try #require(Catalogue.requirement(slug))
    let factory = SimulatedXenBench.factory()
    guard factory.plays(requirement) else { return }
    let scenario = ScenarioRunner(factory, profile: profile).run(requirement)
    #expect(scenario.suiteFault == nil)
    #expect([.passed, .unsupported].contains(scenario.result.judgement.verdict))
    for played in scenario.cases {
      guard case .unsupported(let reason) = played.finding else { continue }
      #expect(Self.lacking.contains { reason.hasPrefix($0) }, "\(played.script.name): \(reason)")
    }
  }

  private static let wideOpenTap = SimulatedTapBench.factory(
    prefix: "tap",
    name: "sim:tap",
    opener: { (request, port) throws(BackendError) -> any NetBackend in
      try TapBackend(request, port: port, usingBarrierAfter: 0)
    }
  )

  private static let wideOpenNetmap = SimulatedNetmapBench.factory(
    prefix: "netmap",
    name: "sim:netmap",
    opener: { (request, port) throws(BackendError) -> any NetBackend in
      try NetmapBackend(request, port: port, usingBarrierAfter: 0)
    }
  )

  /// What simulated rings may have to lack, and why.
  ///
  /// A card has no header, and is not on a switch; none of them has a link, or a descriptor to take
  /// over; a netback has no device that somebody else could have used before. Under the thread sanitizer, and on other processors, no word changes behind a read.
  private static let lacking = [
    "the backend does not offer it: setFeatures", "the backend does not offer it: open(",
    "the bench lacks link", "the bench lacks descriptors", "the bench lacks readTrap",
    "the bench lacks devices",
    "a netmap device in the state",
  ]
}
