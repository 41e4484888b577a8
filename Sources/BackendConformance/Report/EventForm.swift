/// An event in the form of the event log: what all kinds have, then what its kind has.
struct EventForm: Encodable {
  private let time: UInt64
  private let kind: String
  private let content: any Encodable

  /// The form of an event of its own.
  init(_ event: Event, _ actions: inout ActionTexts) {
    self.init(event.time, event.kind.word, event.kind.content(&actions))
  }

  /// The form of what is told besides an event, at its time.
  init(_ time: UInt64, _ kind: String, _ content: any Encodable) {
    self.time = time
    self.kind = kind
    self.content = content
  }

  private enum CodingKeys: String, CodingKey { case schema, time, kind }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Event.schema, forKey: .schema)
    try container.encode(time, forKey: .time)
    try container.encode(kind, forKey: .kind)
    try content.encode(to: encoder)
  }
}

extension Event.Kind {
  fileprivate func content(_ actions: inout ActionTexts) -> any Encodable {
    switch self {
    case .runStart(let run): RunForm(run)
    case .scenarioStart(let requirement, let backend): ScenarioForm(requirement, backend)
    case .step(let script, let record):
      StepForm(script, record, action: actions.text(at: record.step, of: script))
    case .verdict(let result): VerdictForm(result)
    case .runEnd(let exit, let summary): RunEndForm(exit: exit, summary: SummaryForm(summary))
    }
  }

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
