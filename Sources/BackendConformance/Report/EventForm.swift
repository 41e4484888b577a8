/// An event in the form of the event log: what all kinds have, then what its kind has.
struct EventForm: Encodable {
  let event: Event

  private enum CodingKeys: String, CodingKey { case schema, time, kind }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Event.schema, forKey: .schema)
    try container.encode(event.time, forKey: .time)
    try container.encode(event.kind.word, forKey: .kind)
    try content.encode(to: encoder)
  }

  private var content: any Encodable {
    switch event.kind {
    case .runStart(let run): RunForm(run)
    case .scenarioStart(let requirement, let backend): ScenarioForm(requirement, backend)
    case .step(let script, let record): StepForm(script, record)
    case .verdict(let result): VerdictForm(result)
    case .runEnd(let exit, let summary): RunEndForm(exit: exit, summary: SummaryForm(summary))
    }
  }
}

extension Event.Kind {
  /// The kind as the event log writes it.
  public var word: String {
    switch self {
    case .runStart: "run.start"
    case .scenarioStart: "scenario.start"
    case .step: "step"
    case .verdict: "verdict"
    case .runEnd: "run.end"
    }
  }
}
