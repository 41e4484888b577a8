import BackendConformance
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
    let isForRings = !script.bench.families.isEmpty && !script.bench.families.contains("tap")
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
        #expect(failure.step == index + 1)
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
