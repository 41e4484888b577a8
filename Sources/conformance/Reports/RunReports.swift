internal import BackendConformance

/// Everything that hears of the events of a run.
final class RunReports {
  private var outlets: [ReportOutlet] = []
  private let progress: ProgressLine?
  private let begun = MonotonicClock.now
  /// What kept a report from being written, if something did.
  private(set) var failure: CommandFailure?

  /// Opens the reports that were asked for, and the text for a person.
  ///
  /// The text goes to standard output, unless a report that was asked for goes there.
  init(_ requests: [ReportRequest], text: TextReport, total: Int) throws(CommandFailure) {
    let isTaken = requests.contains { $0.path == nil }
    outlets = [ReportOutlet(text, to: isTaken ? .standardError : .standardOutput)]
    progress = StandardError.isTerminal ? ProgressLine(total: total) : nil
    do throws(CommandFailure) {
      for request in requests { outlets.append(try ReportOutlet(request)) }
    } catch {
      for outlet in outlets { outlet.abandon() }
      throw error
    }
  }

  /// Passes an event on.
  func receive(_ kind: Event.Kind) {
    let event = Event(time: MonotonicClock.now - begun, kind: kind)
    progress?.clear()
    for index in outlets.indices {
      attempt { () throws(CommandFailure) in try outlets[index].receive(event) }
    }
    progress?.show(event)
  }

  /// Completes the reports.
  func finish() {
    progress?.clear()
    for index in outlets.indices {
      attempt { () throws(CommandFailure) in try outlets[index].finish() }
    }
  }

  private func attempt(_ body: () throws(CommandFailure) -> Void) {
    do throws(CommandFailure) {
      try body()
    } catch {
      failure = failure ?? error
    }
  }
}
