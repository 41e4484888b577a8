extension ScenarioResult {
  /// The result as a person reads it: a line, and below it what is required, where it was broken,
  /// what was allowed and what was observed.
  public var explanation: String {
    ([headline] + detailLines).joined(separator: "\n")
  }

  /// The lines below the first.
  var detailLines: [String] {
    details.map { name, text in "         " + name.padded(to: 10) + text.legible }
  }

  /// The verdict as a word, the slug, the obligation, the time taken and the backend.
  public var headline: String {
    judgement.verdict.label.padded(to: 7) + subject
  }

  /// The slug, the obligation, the time taken and the backend.
  var subject: String {
    let time = Span.text(nanoseconds: nanoseconds)
    let words = [requirement.slug, requirement.obligation.rawValue, time, backend]
    return words.map(\.legible).joined(separator: "   ")
  }

  private var details: [(String, String)] {
    var lines = [
      ("requires", requirement.sentence), ("source", requirement.sources.joined(separator: ", ")),
    ]
    if let failure = judgement.failure {
      lines += [
        ("case", failure.scenario), ("step \(failure.step)", failure.place),
        ("allowed", failure.allowed), ("observed", failure.observed),
      ]
      if let quirk = failure.quirk { lines.append(("quirk", quirk)) }
    }
    if !judgement.reason.isEmpty { lines.append(("reason", judgement.reason)) }
    if let evidence {
      lines += [("evidence", evidence), ("again", "conformance replay \(evidence)")]
    }
    return lines
  }
}

extension Failure {
  /// What the step did, and in which round.
  var place: String { round == 0 ? action : "\(action), round \(round)" }
}

extension Verdict {
  /// The verdict as a word of its own in a line of output.
  public var label: String {
    switch self {
    case .passed: "PASS"
    case .failed: "FAIL"
    case .inconclusive: "DOUBT"
    case .unsupported: "UNSUP"
    case .skipped: "SKIP"
    case .expectedFailure: "XFAIL"
    case .unexpectedPass: "XPASS"
    }
  }
}

extension String {
  /// The text followed by spaces up to `width`, but by one at least.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
