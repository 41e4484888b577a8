import BackendConformance
import NetBackend
import Testing

@Suite("Profiles")
struct ProfileTests {
  let script = Script(requirement: "send/empty", name: "one", steps: [.peek, .close])

  @Test("The strict profile replaces nothing")
  func strict() {
    #expect(Profile.strict.allowed(for: 0, in: script) == nil)
  }

  private func profile(_ requirement: String, _ allowed: [Outcome]) -> Profile {
    let rule = Quirk.Rule(requirement) { place in place.step.action == .close ? allowed : nil }
    return Profile(name: "some", quirks: [Quirk("fails", "", sources: [], rules: [rule])])
  }

  @Test(
    "A quirk replaces what its step allows, in its requirement alone",
    arguments: [("send/empty", 1, true), ("send/empty", 0, false), ("send/full", 1, false)]
  )
  func quirk(requirement: String, step: Int, applies: Bool) {
    let profile = profile(requirement, [.anyError])
    #expect(profile.allowed(for: step, in: script) == (applies ? [.anyError] : nil))
    #expect(profile.replacement(for: step, in: script)?.quirk.name == (applies ? "fails" : nil))
  }

  @Test("A quirk that expects what the script allows concerns nothing")
  func sameOutcome() {
    #expect(profile("send/empty", [.done]).allowed(for: 1, in: script) == nil)
  }

  @Test("A failure is named after the quirk that expects what was observed, and after no other")
  func departure() {
    let known = profile("send/empty", [.anyError]).quirks
    func failure(_ observation: Observation) -> Failure? {
      var judge = Judge(script, profile: .strict, departures: known)
      let finding = judge.judge(StepRecord(step: 1, observation: observation))
      guard case .failed(let failure) = finding else { return nil }
      return failure
    }
    #expect(failure(.nothing)?.quirk == nil)
    let error = BackendError(.system, call: "close", subject: "tap0")
    #expect(failure(.error(error))?.quirk == "fails")
  }
}
