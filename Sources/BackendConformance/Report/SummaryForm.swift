/// How many scenarios had which verdict, in the form of the event log.
struct SummaryForm: Encodable {
  let selected: Int
  let passed: Int
  let failed: Int
  let inconclusive: Int
  let expectedFailure: Int
  let unexpectedPass: Int
  let unsupported: Int
  let skipped: Int

  init(_ summary: Summary) {
    selected = summary.selected
    passed = summary[.passed]
    failed = summary[.failed]
    inconclusive = summary[.inconclusive]
    expectedFailure = summary[.expectedFailure]
    unexpectedPass = summary[.unexpectedPass]
    unsupported = summary[.unsupported]
    skipped = summary[.skipped]
  }
}
