internal import BackendConformance
internal import SystemPackage

/// A report that was asked for: its format, and where it goes.
struct ReportRequest {
  let format: ReportFormat
  /// The file; `nil` for standard output.
  let path: String?

  /// Reads `FORMAT` or `FORMAT:PATH`.
  init(_ text: String) throws(CommandFailure) {
    do throws(UnknownReportFormat) {
      (format, path) = try ReportFormat.parse(text)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
    guard path?.isEmpty != true else {
      throw CommandFailure(.usage, "report '\(text)' names no file behind the colon")
    }
  }

  /// Reads several; no two of them may go to the same place.
  static func all(_ texts: [String]) throws(CommandFailure) -> [ReportRequest] {
    var requests: [ReportRequest] = []
    for text in texts {
      let request = try ReportRequest(text)
      guard !requests.contains(where: { $0.path == request.path }) else {
        throw CommandFailure(
          .usage,
          "two reports go to \(request.path ?? "standard output"); give each a path of its own, "
            + "as in --report \(request.format.rawValue):PATH"
        )
      }
      requests.append(request)
    }
    return requests
  }
}
