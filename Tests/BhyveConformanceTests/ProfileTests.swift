import BackendConformance
import BhyveConformance
import Testing

/// The profile expects exactly what the seed does: no more, and nothing of a right backend.
@Suite("The bhyve profile")
struct ProfileTests {
  @Test("The seed passes every case under it", arguments: SeedBackend.all)
  func seedPasses(seed: SeedBackend) {
    let runner = ScenarioRunner(seed.factory, profile: .bhyve)
    for script in Case.all(for: seed.factory) {
      let finding = runner.play(script).finding
      #expect(finding.isAccepted, "\(script.requirement): \(script.name): \(finding.text)")
    }
  }

  @Test(
    "A right backend fails every case in which it replaces something",
    arguments: SeedBackend.all
  )
  func rightBackendFails(seed: SeedBackend) {
    let runner = ScenarioRunner(seed.right, profile: .bhyve)
    let seedRunner = ScenarioRunner(seed.factory, profile: .bhyve)
    for script in Case.all(for: seed.right) where Case.isReplaced(script, for: seed) {
      let finding = runner.play(script).finding
      // Where what is replaced comes after something that neither of them can be asked for.
      if case .unsupported = finding, case .unsupported = seedRunner.play(script).finding {
        continue
      }
      #expect(finding.isFailure, "\(script.requirement): \(script.name): \(finding.text)")
    }
  }

  @Test(
    "What it expects in place of what is allowed is one exact outcome",
    arguments: SeedBackend.all
  )
  func outcomesAreExact(seed: SeedBackend) {
    for script in Case.all(for: seed.factory) where !Case.isRace(script) {
      for outcomes in Case.replacements(in: script, for: seed) {
        let isExact = outcomes.count == 1 && outcomes[0].expectation.isExact
        #expect(isExact, "\(script.requirement): \(outcomes)")
      }
    }
  }

  @Test("Every quirk concerns something")
  func noQuirkIsIdle() {
    for quirk in Profile.bhyve.quirks {
      for slug in quirk.requirements {
        let scripts = Catalogue.requirement(slug)?.scripts ?? []
        let isUsed = scripts.contains { script in
          let steps = script.allSteps
          return steps.indices.contains {
            let position = $0
            return SeedBackend.all.contains { seed in
              quirk.concerns(script, families: seed.factory.families)
                && quirk.allowed(
                  at: Quirk.Place(
                    families: seed.factory.families,
                    script: script,
                    steps: steps,
                    position: position
                  )
                ) != nil
            }
          }
        }
        #expect(isUsed, "\(quirk.name): \(slug)")
      }
    }
  }
}

enum Case {
  /// Every case of every requirement that a factory's benches can play.
  static func all(for factory: TestbenchFactory) -> [Script] {
    Catalogue.all.filter { $0.untestable == nil && factory.plays($0) }
      .flatMap { factory.scripts(of: $0) }
  }

  /// What the profile expects of the steps of a script that it concerns.
  static func replacements(in script: Script, for seed: SeedBackend) -> [[Outcome]] {
    script.allSteps.indices.compactMap {
      Profile.bhyve.allowed(for: $0, in: script, families: seed.factory.families)
    }
  }

  /// Whether threads run against each other in a script.
  static func isRace(_ script: Script) -> Bool {
    script.steps.contains { if case .together = $0.action { true } else { false } }
  }

  /// Whether the profile replaces what a step of the script allows.
  ///
  /// Where threads run against each other, what a right backend sees may be what the seed sees.
  static func isReplaced(_ script: Script, for seed: SeedBackend) -> Bool {
    !isRace(script) && !replacements(in: script, for: seed).isEmpty
  }
}

extension Judge.Finding? {
  /// Whether a case passed, or could not be played for want of what it tests.
  fileprivate var isAccepted: Bool {
    switch self {
    case nil, .unsupported: true
    default: false
    }
  }

  fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }

  fileprivate var text: String { map { "\($0)" } ?? "passed" }
}

extension BackendConformance.Expectation {
  /// Whether only one thing meets it, as far as its kind tells.
  fileprivate var isExact: Bool {
    switch self {
    case .anything, .lengthIn, .someFrames, .closedFeatures, .offers, .offersNotAll: false
    case .error(let words, _): words.count == 1
    case .explainedError(let words): words == ["stopped"]
    case .systemError(let words, _): words.count == 1
    case .callbacks(let range): range.count == 1
    case .callCount(let range): range.count == 1
    case .drops(let range): range.count == 1
    default: true
    }
  }
}
