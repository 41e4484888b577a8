import BackendConformance
import NetBackend
import Testing

@Suite("From cases to verdicts, summaries and statuses")
struct TallyTests {
  private static let passes = Script("passes") { Step.open() }
  private static let fails = Script("fails") { Step.open().allowing(.anyError) }
  private static let lacks = Script("lacks") { Step.link(.down) }
  private static let late = Script("waits") {
    Step.open()
    Step.awaitCallbacks()
  }

  private static func requirement(
    _ scripts: [Script],
    _ obligation: Obligation = .must
  ) -> Requirement {
    Requirement("test/tally", obligation, "is counted", because: "", sources: []) { scripts }
  }

  private static func run(_ scripts: [Script]) -> ScenarioResult {
    ScenarioRunner(tinyFactory { _ in IdleBackend() }).run(requirement(scripts)).result
  }

  @Test(
    "A scenario's verdict follows from its cases",
    arguments: [
      ([passes, passes], .passed, 2, 0), ([passes, lacks], .passed, 1, 1),
      ([lacks, lacks], .unsupported, 0, 2), ([], .unsupported, 0, 0),
      ([passes, fails, passes], .failed, 2, 0), ([lacks, fails], .failed, 1, 1),
      ([passes, late], .failed, 2, 0),
    ] as [([Script], Verdict, Int, Int)]
  )
  func verdict(scripts: [Script], verdict: Verdict, played: Int, unsupported: Int) {
    let result = Self.run(scripts)
    #expect(result.judgement.verdict == verdict)
    #expect(result.casesPlayed == played)
    #expect(result.casesUnsupported == unsupported)
  }

  @Test("What makes a scenario unsupported is told once")
  func reason() {
    let result = Self.run([Self.lacks, Self.lacks])
    #expect(result.judgement.reason == "the bench lacks link")
  }

  @Test("A bench that cannot be made is the suite's fault, not the backend's")
  func suiteFault() {
    let factory = TestbenchFactory(name: "none") { _ throws(BenchError) in throw .failed("no room")
    }
    let played = ScenarioRunner(factory).run(Self.requirement([Self.passes, Self.passes]))
    #expect(played.result.judgement.verdict == .inconclusive)
    #expect(played.suiteFault == "no room")
    #expect(played.cases.count == 1)
  }

  @Test("A summary's sum adds up, and what was not played counts towards no obligation")
  func summary() {
    var summary = Summary()
    for verdict in Verdict.allCases {
      summary.add(Self.result(verdict, .must))
      summary.add(Self.result(verdict, .may))
    }
    #expect(summary.selected == 2 * Verdict.allCases.count)
    #expect(summary.selected == Verdict.allCases.reduce(0) { $0 + summary[$1] })
    #expect(summary.obligations[.must]?.played == 5)
    #expect(summary.obligations[.must]?.passed == 2)
    #expect(summary.obligations[.should] == nil)
  }

  @Test(
    "The exit status follows the precedence 70, 1, 2, 3, 4",
    arguments: [
      ([.passed], false, false, .success), ([], false, false, .nothingRan),
      ([.skipped, .unsupported], false, false, .nothingRan),
      ([.skipped, .passed], false, false, .success), ([.skipped], true, false, .staleKnownFailure),
      ([.unexpectedPass, .passed], false, false, .staleKnownFailure),
      ([.expectedFailure], false, false, .success),
      ([.inconclusive, .unexpectedPass], true, false, .inconclusive),
      ([.failed, .inconclusive, .unexpectedPass], true, false, .failed),
      ([.failed, .inconclusive], true, true, .suiteFault), ([], false, true, .suiteFault),
    ] as [([Verdict], Bool, Bool, BackendConformance.ExitStatus)]
  )
  func exitStatus(
    verdicts: [Verdict],
    stale: Bool,
    faults: Bool,
    status: BackendConformance.ExitStatus
  ) {
    var summary = Summary()
    for verdict in verdicts { summary.add(Self.result(verdict, .must)) }
    #expect(Self.status(summary, stale: stale, faults: faults) == status)
  }

  @Test("Nothing may have run if that is asked for; what is not a MUST may be inconclusive")
  func leniency() {
    let empty = Summary()
    #expect(Self.status(empty, allowsEmpty: true) == .success)
    var doubtful = Summary()
    doubtful.add(Self.result(.inconclusive, .should))
    #expect(Self.status(doubtful) == .success)
  }

  private static func status(
    _ summary: Summary,
    stale: Bool = false,
    faults: Bool = false,
    allowsEmpty: Bool = false
  ) -> BackendConformance.ExitStatus {
    BackendConformance.ExitStatus(
      summary,
      hasStaleEntries: stale,
      suiteFaults: faults,
      allowsEmpty: allowsEmpty
    )
  }

  private static func result(_ verdict: Verdict, _ obligation: Obligation) -> ScenarioResult {
    ScenarioResult(
      requirement: requirement([], obligation),
      backend: "tiny",
      judgement: Judgement(verdict)
    )
  }
}
