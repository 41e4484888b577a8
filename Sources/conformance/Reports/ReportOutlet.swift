internal import BackendConformance

/// A report and where it goes.
struct ReportOutlet {
  enum Destination {
    case standardOutput
    case standardError
    case file(ReportFile)
  }

  private var report: any Report
  private let destination: Destination

  init(_ report: any Report, to destination: Destination) {
    self.report = report
    self.destination = destination
  }

  /// Opens a report that was asked for.
  init(_ request: ReportRequest) throws(CommandFailure) {
    report = request.format.makeReport()
    destination =
      try request.path.map { path throws(CommandFailure) in
        .file(try CommandFailure.writing { () throws(ReportFileError) in try ReportFile(path) })
      } ?? .standardOutput
  }

  /// Passes an event on.
  mutating func receive(_ event: Event) throws(CommandFailure) { try write(report.receive(event)) }

  /// Completes the report.
  mutating func finish() throws(CommandFailure) {
    try write(report.finish())
    guard case .file(let file) = destination else { return }
    try CommandFailure.writing { () throws(ReportFileError) in try file.commit() }
  }

  /// Gives the report up.
  func abandon() {
    if case .file(let file) = destination { file.discard() }
  }

  private func write(_ text: String) throws(CommandFailure) {
    guard !text.isEmpty else { return }
    switch destination {
    case .standardOutput: try StandardOutput.write(text)
    case .standardError: StandardError.write(text)
    case .file(let file):
      try CommandFailure.writing { () throws(ReportFileError) in try file.write(text) }
    }
  }
}
