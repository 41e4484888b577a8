/// The lines that tell a person about one result.
struct VerdictBlock {
  private let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  /// What follows the verdict on the first line.
  var headline: String {
    let time = Span.text(nanoseconds: result.nanoseconds)
    let words = [
      result.requirement.slug, result.requirement.obligation.rawValue, time, result.backend,
    ]
    return words.map { "   " + $0.legible }.joined()
  }

  /// The lines below, a label and a text each.
  var details: [String] {
    fields.map { label, text in
      let padding = String(repeating: " ", count: max(1, 10 - label.count))
      return "         " + label + padding + text.legible
    }
  }

  private var fields: [(String, String)] {
    let reason = result.judgement.reason
    let reasons = reason.isEmpty ? [] : [("reason", reason)]
    guard let failure = result.judgement.failure else { return reasons }
    return [("requires", result.requirement.sentence)]
      + result.requirement.sources.map { ("source", $0) }
      + [(Self.label(failure), Self.action(failure))]
      + [("allowed", failure.allowed), ("observed", failure.observed)]
      + reasons + evidence
  }

  private var evidence: [(String, String)] {
    guard let path = result.evidence else { return [] }
    return [("evidence", path), ("again", "conformance replay \(path)")]
  }

  private static func label(_ failure: Failure) -> String { "step \(failure.step)" }

  private static func action(_ failure: Failure) -> String {
    let round = failure.round == 0 ? "" : ", round \(failure.round)"
    return failure.action + round + (failure.scenario.isEmpty ? "" : "  in: \(failure.scenario)")
  }
}
