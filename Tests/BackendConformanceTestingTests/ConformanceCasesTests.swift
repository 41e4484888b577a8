import BackendConformance
import BackendConformanceTesting
import NetBackend
import Testing

@Suite("Conformance cases")
struct ConformanceCasesTests {
  /// A requirement whose one script opens a backend and looks for a frame, which `outcome` allows.
  static func peeking(_ slug: String, allowing outcome: Outcome = .nothing) -> Requirement {
    Requirement(slug, .must, "a peek is answered", because: "of tests", sources: ["this test"]) {
      Script("one") {
        Step.open()
        Step.peek.allowing(outcome)
      }
    }
  }

  static let needingLink = Requirement(
    "link/down",
    .must,
    "survives",
    because: "of tests",
    sources: []
  ) {
    Script("down") { Step.link(.down) }
  }

  static func cases(_ requirements: Requirement...) -> ConformanceCases {
    let factory = TestbenchFactory(name: "silent") { _ in
      EmbeddedTestbench(link: EmbeddedLink(farSide: nil) { _ in SilentBackend() })
    }
    return ConformanceCases(factory, requirements: requirements)
  }

  @Test("There is one case a requirement, and one that something is tested")
  func list() {
    let cases = Self.cases(Self.peeking("peek/a"), Self.peeking("peek/b"))
    #expect(cases.map(\.id) == ["peek/a", "peek/b", "something-is-tested"])
    #expect(cases.map(\.testDescription) == cases.map(\.id))
  }

  @Test("Requirements of another family, and those that cannot be tested, are not among the cases")
  func concern() {
    let foreign = Requirement(
      "tap/only",
      .must,
      "is",
      because: "",
      sources: [],
      families: ["tap"]
    ) {}
    let untestable = Requirement(
      "never/seen",
      .may,
      "is",
      because: "",
      sources: [],
      untestable: "x"
    )
    #expect(Self.cases(foreign, untestable).map(\.id) == ["something-is-tested"])
  }

  @Test("A requirement that is met tells nothing", arguments: cases(peeking("peek/a")))
  func passes(conformance: ConformanceCase) throws {
    #expect(conformance.finding() == nil)
    try conformance.check()
  }

  @Test("A broken requirement is an issue with what is required, allowed and observed")
  func fails() throws {
    let cases = Self.cases(Self.peeking("peek/a", allowing: .length(60)))
    try withKnownIssue {
      try cases[0].check()
    } matching: { issue in
      let text = issue.comments.map(\.rawValue).joined()
      let lines = [
        "requires  a peek is answered", "source    this test", "case      one", "step 2    peek",
        "allowed   60 bytes", "observed  nothing",
      ]
      return text.hasPrefix("FAIL   peek/a   MUST   ") && text.contains("   silent\n")
        && lines.allSatisfy { text.contains("\n         \($0)") }
    }
  }

  @Test("An unsupported requirement is cancelled with what is missing")
  func unsupported() {
    let cases = Self.cases(Self.needingLink)
    #expect(cases[0].finding() == .cancelled("unsupported: the bench lacks link"))
  }

  @Test("An excluded requirement is cancelled with the reason")
  func excluded() {
    let both = Self.cases(Self.peeking("peek/a"), Self.peeking("peek/b", allowing: .length(60)))
    let cases = both.excluding("peek/b", because: "it has no peek")
    #expect(cases[1].finding() == .cancelled("excluded: it has no peek"))
    #expect(cases[2].finding() == nil)
  }

  @Test(
    "An exclusion needs a reason and something to exclude",
    arguments: [
      ("peek/a", "  ", "peek/a is excluded without a reason"),
      ("peek/c", "why", "peek/c is excluded, but is no requirement that concerns silent"),
    ]
  )
  func faultyExclusion(slug: String, reason: String, text: String) {
    let cases = Self.cases(Self.peeking("peek/a"), Self.peeking("peek/b"))
    let finding = cases.excluding(slug, because: reason)[2].finding()
    #expect(finding == .issue(text, isError: true))
  }

  @Test("That nothing ran is an error, whatever the cause")
  func nothingRan() {
    let nothing = CaseFinding.issue(
      "nothing ran: no requirement can be played on silent",
      isError: true
    )
    #expect(Self.cases()[0].finding() == nothing)
    #expect(Self.cases(Self.needingLink)[1].finding() == nothing)
    let excluded = Self.cases(Self.peeking("peek/a")).excluding("peek/a", because: "of this test")
    #expect(excluded[1].finding() == nothing)
  }

  @Test("A bench that cannot be made is an error, also where nothing else ran")
  func brokenBench() {
    let broken = ConformanceCases("broken") { () throws(BenchError) in throw .failed("no socket") }
    guard case .issue(let text, isError: true) = broken[0].finding() else {
      Issue.record("a bench that failed went unnoticed")
      return
    }
    #expect(text.contains("the bench failed: no socket"))
  }
}
