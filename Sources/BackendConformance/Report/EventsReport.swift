/// The event log as JSON Lines: the source of truth, one object a line.
public struct EventsReport: Report {
  /// Creates a report.
  public init() {}

  /// The event on a line of its own.
  public func receive(_ event: Event) -> String { JSONText.encode(EventForm(event: event)) + "\n" }

  /// Nothing: each line stands by itself.
  public func finish() -> String { "" }
}
