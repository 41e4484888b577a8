extension Verdict {
  /// The verdict as the summary counts it.
  var counted: String {
    switch self {
    case .expectedFailure: "expected failures"
    case .unexpectedPass: "unexpected passes"
    default: rawValue
    }
  }

  /// The order of the summary.
  static let summaryOrder: [Verdict] = [
    .passed, .failed, .inconclusive, .expectedFailure, .unexpectedPass, .unsupported, .skipped,
  ]

  /// Whether a person wants to hear of it unasked.
  var isRemarkable: Bool {
    switch self {
    case .failed, .inconclusive, .unexpectedPass: true
    case .passed, .unsupported, .skipped, .expectedFailure: false
    }
  }

  var color: ANSI {
    switch self {
    case .passed: .green
    case .failed: .red
    case .inconclusive, .unexpectedPass: .yellow
    case .unsupported, .skipped, .expectedFailure: .faint
    }
  }
}
