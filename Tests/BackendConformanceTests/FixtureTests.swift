import BackendConformance
import Mutants
import Testing

/// The project's own fixtures: they pass, and each of their expectations can fail.
@Suite struct FixtureTests {
  /// The folder of fixtures, beside the folder of tests.
  static let directory =
    #filePath.split(separator: "/").dropLast(3)
    .reduce(into: "") { $0 += "/" + $1 } + "/Fixtures"

  /// The scripts that hold for every profile; those of a profile are tested with its backends.
  static var scripts: [Script] {
    get throws { try ScriptFile.load(directory: directory).filter { $0.profile == nil } }
  }

  @Test func thereAreFixtures() throws {
    #expect(try Self.scripts.count >= 19)
  }

  /// The simulator that has what a script asks for.
  private static func runner(for script: Script) -> ScenarioRunner {
    let families = script.bench.families
    if families.contains("xen") { return ScenarioRunner(SimulatedXenBench.factory()) }
    let isForRings = !families.isEmpty && !families.contains("tap")
    return ScenarioRunner(
      isForRings
        ? SimulatedNetmapBench.factory(prefix: "netmap") : SimulatedTapBench.factory(prefix: "tap")
    )
  }

  @Test("A fixture passes on a simulator, and belongs to a requirement")
  func fixturePasses() throws {
    for script in try Self.scripts {
      let runner = Self.runner(for: script)
      #expect(runner.play(script).finding == nil, "\(script.requirement): \(script.name)")
      #expect(Catalogue.requirement(script.requirement) != nil, "\(script.requirement)")
    }
  }

  @Test(
    "A fixture for a netback passes under each profile",
    arguments: [Profile.xenStrict, .xenLinux, .xenFreeBSD]
  )
  func netbackFixturePasses(profile: Profile) throws {
    let runner = ScenarioRunner(SimulatedXenBench.factory(), profile: profile)
    for script in try Self.scripts where script.bench.families.contains("xen") {
      #expect(runner.play(script).finding == nil, "\(script.requirement): \(script.name)")
    }
  }

  @Test("Each advisory that a requirement for netbacks names has a fixture of its name")
  func advisories() throws {
    let paths = try ScriptFile.paths(in: Self.directory + "/advisories")
    let files = paths.compactMap { $0.split(separator: "/").last?.dropLast(".yaml".count) }
    let sources = Catalogue.all.filter { $0.families == ["xen"] }.flatMap(\.sources)
    let names = sources.filter { $0.hasPrefix("XSA-") || $0.hasPrefix("CVE-") }
    #expect(Set(names).count >= 18)
    for name in Set(names.map { $0.lowercased() }) {
      #expect(files.contains { $0 == name || $0.hasPrefix(name + "-") }, "\(name)")
    }
  }

  @Test("A netback that is wrong in the way of an advisory fails the advisory's fixture")
  func wrongNetbackFails() throws {
    for script in try ScriptFile.load(directory: Self.directory + "/advisories") {
      let mutants = Mutants.all.filter { $0.breaks == script.requirement }
      let failing = mutants.filter { mutant in
        let finding = ScenarioRunner(mutant.factory, stepLimit: 1500).play(script).finding
        if case .failed = finding { return true } else { return false }
      }
      #expect(!failing.isEmpty, "\(script.requirement): \(script.name): \(mutants.map(\.name))")
    }
  }

  @Test("A fixture whose expectation is edited to be wrong fails at that step")
  func wrongExpectationFails() throws {
    for script in try Self.scripts {
      let runner = Self.runner(for: script)
      for index in script.steps.indices where script.steps[index].nestedIsEmpty {
        var wrong = script
        wrong.steps[index].allowed = [Outcome(.headerLength(11))]
        wrong.steps[index].isPrecondition = false
        guard case .failed(let failure) = runner.play(wrong).finding else {
          Issue.record("\(script.requirement): \(script.name): step \(index + 1) cannot fail")
          continue
        }
        let before = Script(name: "before", steps: Array(script.steps[..<index])).allSteps.count
        #expect(failure.step == before + 1)
        #expect(failure.allowed == "header of 11 bytes")
      }
    }
  }
}

extension Step {
  /// Whether the step's position among all steps is that among the script's own.
  fileprivate var nestedIsEmpty: Bool {
    switch action {
    case .whenCalledBack, .repeated, .together: false
    default: true
    }
  }
}
