extension ScenarioResult {
  /// The result as a person reads it: a line, and below it what is required, where it was broken, what
  /// was allowed and what was observed.
  public var explanation: String {
    ([headline]
      + details.map { name, text in
        "         " + name.padded(to: 10) + text
      }).joined(separator: "\n")
  }

  /// The verdict as a word, the slug, the obligation, the time taken and the backend.
  public var headline: String {
    let obligation = requirement.obligation.rawValue
    let verdict = judgement.verdict.label.padded(to: 7)
    return verdict + [requirement.slug, obligation, duration, backend].joined(separator: "   ")
  }

  private var duration: String {
    let tenths = (nanoseconds + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) ms"
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
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
