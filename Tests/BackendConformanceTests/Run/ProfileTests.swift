import BackendConformance
import Testing

@Suite("Profiles")
struct ProfileTests {
  let script = Script(requirement: "send/empty", name: "one", steps: [.peek, .close])

  @Test("The strict profile replaces nothing")
  func strict() {
    #expect(Profile.strict.allowed(for: 0, in: script) == nil)
  }

  @Test(
    "A quirk replaces what its step allows, in its case and requirement alone",
    arguments: [
      ("send/empty", "one", 1, true), ("send/empty", nil, 1, true),
      ("send/empty", "two", 1, false), ("send/empty", nil, 0, false), ("send/full", nil, 1, false),
    ] as [(String, String?, Int, Bool)]
  )
  func quirk(requirement: String, name: String?, step: Int, applies: Bool) {
    let replacement = Quirk.Replacement(script: name, step: step, allowed: [.anyError])
    let quirk = Quirk(
      "fails",
      requirement: requirement,
      explanation: "",
      replacements: [replacement]
    )
    let profile = Profile(name: "bhyve", quirks: [quirk])
    #expect(profile.allowed(for: 1, in: script) == (applies ? [.anyError] : nil))
  }
}
