import Testing

@Suite struct KernelComparisonTests {
  @Test(
    "The simulated kernel does as the real one does",
    .enabled(if: PrivateNetwork.isAvailable, Comment(rawValue: PrivateNetwork.reason)),
    arguments: KernelRule.all
  )
  func comparison(rule: KernelRule) async throws {
    let real = try await PrivateNetwork.run { try rule.outcomes(LinuxArm()) }
    let simulated = try rule.outcomes(SimulatedArm())
    #expect(simulated.count == real.count)
    for (index, pair) in zip(simulated, real).enumerated() where pair.0 != pair.1 {
      Issue.record("outcome \(index): simulated \(pair.0.prefix(200)), real \(pair.1.prefix(200))")
    }
  }
}
