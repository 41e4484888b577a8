/// One JSON document: the run, the verdict of each scenario, and how it ended.
public struct JSONReport: Report {
  private struct Document: Encodable {
    let schema = Event.schema
    var run: RunForm?
    var results: [VerdictForm] = []
    var exit: Int?
    var summary: SummaryForm
    var seconds: Double = 0

    private enum CodingKeys: String, CodingKey {
      case schema, run, results, exit, summary, seconds
    }
  }

  private var document = Document(summary: SummaryForm(Summary()))
  private var counted = Summary()

  /// Creates a report.
  public init() {}

  /// Keeps what the document will hold.
  public mutating func receive(_ event: Event) -> String {
    document.seconds = Span.seconds(nanoseconds: event.time)
    switch event.kind {
    case .runStart(let run): document.run = RunForm(run)
    case .verdict(let result):
      document.results.append(VerdictForm(result))
      counted.add(result)
    case .runEnd(let exit, _): document.exit = exit
    case .scenarioStart, .step: break
    }
    return ""
  }

  /// The document; without `exit` if the run did not end.
  public mutating func finish() -> String {
    document.summary = SummaryForm(counted)
    return JSONText.encode(document, indented: true) + "\n"
  }
}
