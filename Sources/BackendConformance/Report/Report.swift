/// Turns the events of a run into text.
///
/// A report reads the event log and nothing else. What ``receive(_:)`` returns may be written at
/// once, in order; the text is complete and valid only with what ``finish()`` returns at the end,
/// also of a run that was interrupted.
public protocol Report {
  /// Takes the next event, and returns the text that it adds.
  mutating func receive(_ event: Event) -> String

  /// Ends the report, and returns the text that is still missing.
  mutating func finish() -> String
}

extension Report {
  /// The whole report of a log.
  public static func render(_ events: some Sequence<Event>, as report: Self) -> String {
    var report = report
    let parts = events.map { report.receive($0) }
    return parts.joined() + report.finish()
  }
}
