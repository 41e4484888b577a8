import BackendConformance
import Testing

@Suite("Known failures")
struct KnownFailuresTests {
  static let today = CalendarDate("2026-11-21")
  static let text = """
    schema: 1
    knownFailures:
    - slug: receive/failed
      backend: mutant:tap.short
      step: 3
      reason: 'it is short: #12'
      until: 2026-11-21
    - slug: receive/passed
      step: 1
      reason: old

    """

  private func today() throws -> CalendarDate { try #require(Self.today) }

  private func result(_ verdict: Verdict, step: Int = 3) -> ScenarioResult {
    var failure = ReportSample.failure
    failure.step = step
    return ScenarioResult(
      requirement: ReportSample.requirement("receive/failed"),
      backend: "mutant:tap.short",
      judgement: Judgement(verdict, failure: verdict == .failed ? failure : nil)
    )
  }

  @Test("A list that is read and written again is the same text")
  func roundTrip() throws {
    let known = try KnownFailures(yaml: Self.text, file: "k.yaml")
    #expect(known.entries.map(\.slug) == ["receive/failed", "receive/passed"])
    #expect(known.entries.first?.until == Self.today)
    #expect(try KnownFailures(yaml: known.yaml, file: "k.yaml") == known)
  }

  @Test(
    "A malformed list is refused with its place",
    arguments: [
      ("schema: 1\nknownFailures: {}", "k:2:16: expected a list, found a mapping"),
      (
        "schema: 1\nknownFailures: [{slug: a, step: 1}]",
        "k:2:17: expected the key reason, found no such key"
      ),
      (
        "schema: 1\nknownFailures: [{slug: a, step: 1, reason: b, until: 2026-02-29}]",
        #"k:2:54: expected a date such as 2027-01-31, found "2026-02-29""#
      ),
      (
        "schema: 1\nknownFailures: [{slug: a, step: 0, reason: b}]",
        #"k:2:33: expected a whole number from 1 to 9223372036854775807, found "0""#
      ),
    ]
  )
  func malformed(text: String, message: String) {
    let error = #expect(throws: InputFileError.self) { try KnownFailures(yaml: text, file: "k") }
    #expect(error?.description == message)
  }

  @Test(
    "A failure at the known step is expected, a pass is not, and the rest stays as it is",
    arguments: [
      (Verdict.failed, 3, "2026-11-21", Verdict.expectedFailure),
      (.failed, 2, "2026-11-21", .failed),
      (.failed, 3, "2026-11-22", .failed),
      (.passed, 3, "2026-11-21", .unexpectedPass),
      (.passed, 3, "2026-11-22", .passed),
      (.inconclusive, 3, "2026-11-21", .inconclusive),
    ]
  )
  func adjusted(verdict: Verdict, step: Int, day: String, adjusted: Verdict) throws {
    let known = try KnownFailures(yaml: Self.text, file: "k.yaml")
    let date = try #require(CalendarDate(day))
    let result = known.adjusted(result(verdict, step: step), today: date)
    #expect(result.judgement.verdict == adjusted)
  }

  @Test("An entry is stale if it expired, passed, failed elsewhere or names nothing")
  func stale() throws {
    let known = try KnownFailures(yaml: Self.text, file: "k.yaml")
    let slugs: Set = ["receive/failed", "receive/passed"]
    func reasons(_ results: [ScenarioResult], _ day: String, _ slugs: Set<String>) throws
      -> [String]
    {
      let date = try #require(CalendarDate(day))
      return known.stale(after: results, today: date, among: slugs).map(\.reason)
    }
    #expect(try reasons([], "2026-11-21", slugs) == [])
    #expect(
      try reasons([result(.expectedFailure)], "2027-01-01", slugs) == ["expired after 2026-11-21"]
    )
    #expect(try reasons([result(.unexpectedPass)], "2026-11-21", slugs) == ["it passed"])
    #expect(
      try reasons([result(.failed, step: 2)], "2026-11-21", slugs) == [
        "it failed at step 2 instead"
      ]
    )
    #expect(try reasons([], "2026-11-21", ["receive/failed"]) == ["there is no such requirement"])
  }

  @Test("An update drops what passed, keeps what holds and what was not run, and adds what failed")
  func updated() throws {
    let known = try KnownFailures(yaml: Self.text, file: "k.yaml")
    let date = try today()
    let holds = known.adjusted(result(.failed), today: date)
    #expect(known.updated(with: [holds], today: date) == known)
    let passed = known.updated(with: [result(.unexpectedPass)], today: date)
    #expect(passed.entries.map(\.slug) == ["receive/passed"])
    let moved = known.updated(with: [result(.failed, step: 2)], today: date)
    #expect(moved.entries.map(\.step) == [1, 2])
    #expect(KnownFailures().updated(with: [result(.failed)], today: date).entries.count == 1)
  }
}
