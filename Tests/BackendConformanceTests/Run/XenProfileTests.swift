import BackendConformance
import FoundationEssentials
import Testing

/// The profiles of netbacks: each decides every point that the protocol leaves open.
@Suite("Xen profiles")
struct XenProfileTests {
  static let profiles = [Profile.xenStrict, .xenLinux, .xenFreeBSD]

  /// A bench whose netback decides as the strict profile does, whatever the profile.
  static let strict = TestbenchFactory(name: "strict", families: ["xen"]) {
    options throws(BenchError) in
    try SimulatedXenBench.factory().make(options, profile: .xenStrict)
  }

  @Test("An option leaves the outcomes with its label, and those without one")
  func option() {
    let step = Guest.responses(.shortChain, ["wait": [], "error": [.error()], "fatal": []])
    var open = step
    open.allowed.append(.nothing)
    let script = Script(name: "a short chain", steps: [step, open, .peek])
    for (profile, label) in zip(Self.profiles, ["error", "fatal", "wait"]) {
      let outcomes = profile.outcomes(of: 0, in: script)
      #expect(outcomes.map(\.label) == [label], "\(profile.name)")
      #expect(profile.outcomes(of: 1, in: script).map(\.label) == [label, nil])
      #expect(profile.outcomes(of: 2, in: script) == [.nothing])
    }
    #expect(Profile.strict.outcomes(of: 0, in: script).count == 3)
  }

  @Test("A profile whose option has no outcome leaves nothing that could pass")
  func missingOutcome() {
    let step = Guest.responses(.shortChain, ["wait": []])
    #expect(Profile.xenLinux.outcomes(of: 0, in: Script(name: "", steps: [step])) == [])
  }

  @Test("A profile decides every choice", arguments: profiles)
  func everyChoice(profile: Profile) {
    #expect(Set(profile.options.keys) == Set(XenChoice.allCases.map(\.rawValue)))
  }

  @Test("A step with a choice has an outcome for what each profile decides", arguments: profiles)
  func everyOutcome(profile: Profile) {
    for script in Catalogue.all.flatMap(\.scripts) {
      for (index, step) in script.allSteps.enumerated() {
        guard let choice = step.choice, let option = profile.options[choice] else { continue }
        #expect(
          step.allowed.contains { $0.label == option },
          "\(script.requirement): \(script.name): step \(index + 1): \(choice) \(option)"
        )
      }
    }
  }

  @Test("What a quirk expects is one exact outcome, and a netback without it fails there")
  func quirks() throws {
    var replaced: Set<String> = []
    for slug in Profile.xenLinux.quirks.flatMap(\.requirements) {
      let requirement = try #require(Catalogue.requirement(slug))
      for script in Self.strict.scripts(of: requirement) {
        let outcomes = script.allSteps.indices.compactMap {
          Profile.xenLinux.allowed(for: $0, in: script, families: ["xen"])
        }
        guard !outcomes.isEmpty else { continue }
        replaced.insert(slug)
        #expect(outcomes.allSatisfy { $0.count == 1 }, "\(slug): \(script.name)")
        let finding = ScenarioRunner(Self.strict, profile: .xenLinux).play(script).finding
        guard case .failed(let failure) = finding else {
          Issue.record("\(slug): \(script.name): \(String(describing: finding))")
          continue
        }
        #expect(failure.allowed == "error frameTooLong(maximum: 65531)")
      }
    }
    #expect(replaced == Set(Profile.xenLinux.quirks.flatMap(\.requirements)))
  }

  @Test("The documentation has a row for each option, with what each profile decides")
  func documentedOptions() throws {
    let rows = try Self.documentation().split(separator: "\n").filter { $0.hasPrefix("| `") }
    let cells = rows.map { $0.split(separator: "|").map { $0.filter { $0 != "`" }.trimmed } }
    for choice in XenChoice.allCases {
      let row = try #require(cells.first { $0.first == choice.rawValue }, "\(choice.rawValue)")
      let decided = Self.profiles.map { $0.options[choice.rawValue] ?? "" }
      #expect(Array(row.dropFirst().prefix(3)) == decided, "\(choice.rawValue)")
    }
  }

  @Test("The documentation has each quirk, with the requirements that it breaks")
  func documentedQuirks() throws {
    let text = try Self.documentation()
    for quirk in Self.profiles.flatMap(\.quirks) {
      #expect(text.contains("\n### \(quirk.name)\n"))
      for slug in quirk.requirements { #expect(text.contains("`\(slug)`"), "\(slug)") }
    }
  }

  private static func documentation() throws -> String {
    let path = FixtureTests.directory + "/../Documentation/xen.md"
    return try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }
}

extension String {
  /// The text without the spaces around it.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
