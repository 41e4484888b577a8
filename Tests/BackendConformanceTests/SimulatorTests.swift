import BackendConformance
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
}
