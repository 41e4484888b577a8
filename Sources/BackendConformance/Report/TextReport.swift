/// What a person reads: a block for each failure, then two lines that sum up.
public struct TextReport: Report {
  private let color: Bool
  private let verbose: Bool
  private var run: RunDescription?
  private var ended = false
  private var counted = Summary()
  private var time: UInt64 = 0

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - color: Whether verdicts are coloured.
  ///   - verbose: Whether passes and all else that is as it should be are shown as well.
  public init(color: Bool = false, verbose: Bool = false) {
    self.color = color
    self.verbose = verbose
  }

  /// The lines about a verdict; the summary at the end of the run.
  public mutating func receive(_ event: Event) -> String {
    time = event.time
    switch event.kind {
    case .runStart(let description): run = description
    case .verdict(let result):
      counted.add(result)
      return text(result)
    case .runEnd(_, let summary):
      ended = true
      return self.summary(summary)
    case .scenarioStart, .step: break
    }
    return ""
  }

  /// The summary so far, if the run did not end.
  public func finish() -> String { ended ? "" : summary(counted) }

  private func text(_ result: ScenarioResult) -> String {
    let verdict = result.judgement.verdict
    guard verbose || verdict.isRemarkable else { return "" }
    let label = verdict.label.padded(to: 7)
    let headline = (color ? verdict.color(label) : label) + result.subject
    let details = verdict == .passed ? [] : result.detailLines
    return ([headline] + details).joined(separator: "\n") + "\n"
  }

  private func summary(_ summary: Summary) -> String {
    let counts = Verdict.summaryOrder.map { "\(summary[$0]) \($0.counted)" }
    return "\nselected \(summary.selected) = " + counts.joined(separator: " + ") + "\n"
      + ([obligations(summary)] + facts).joined(separator: "     ") + "\n"
  }

  private func obligations(_ summary: Summary) -> String {
    Obligation.allCases.map { obligation in
      let (passed, played) = summary.obligations[obligation] ?? (0, 0)
      return "\(obligation.rawValue) \(passed)/\(played)"
    }.joined(separator: "   ")
  }

  private var facts: [String] {
    let described = run.map { ["profile \($0.profile.legible)", "seed \($0.seedText)"] } ?? []
    return described + [Span.text(nanoseconds: time)]
  }
}
