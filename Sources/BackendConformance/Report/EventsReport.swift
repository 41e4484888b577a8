/// The event log as JSON Lines: the source of truth, one object a line.
public struct EventsReport: Report {
  private var actions = ActionTexts()

  /// Creates a report.
  public init() {}

  /// The event on a line of its own, followed by the frames that a step observed, a line each.
  public mutating func receive(_ event: Event) -> String {
    var text = JSONText.encode(EventForm(event, &actions)) + "\n"
    guard case .step(let script, let record) = event.kind else { return text }
    for frame in record.observation.frames {
      let form = EventForm(event.time, "frame", FrameForm(script, record, frame))
      text += JSONText.encode(form) + "\n"
    }
    return text
  }

  /// Nothing: each line stands by itself.
  public func finish() -> String { "" }
}
