/// The formats that a report can have.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// JSON Lines: the event log itself.
  case events
  /// One JSON document.
  case json
  /// The XML that build servers read.
  case junit

  /// A report in this format.
  public func makeReport() -> any Report {
    switch self {
    case .events: EventsReport()
    case .json: JSONReport()
    case .junit: JUnitReport()
    }
  }

  /// Reads `FORMAT` or `FORMAT:PATH`.
  public static func parse(
    _ text: String
  ) throws(UnknownReportFormat) -> (format: ReportFormat, path: String?) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let format = ReportFormat(rawValue: name) else { throw UnknownReportFormat(name: name) }
    return (format, parts.count == 2 ? String(parts[1]) : nil)
  }
}

/// A report was asked for in a format that does not exist.
public struct UnknownReportFormat: Error, Equatable, Sendable, CustomStringConvertible {
  /// The format that was asked for.
  public var name: String

  /// One line: the name, the formats there are, and the one that was probably meant.
  public var description: String {
    let known = ReportFormat.allCases.map(\.rawValue)
    return "unknown report format \(Notation.quoted(name)); there are "
      + known.joined(separator: ", ") + Spelling.question(for: name, among: known)
  }
}
