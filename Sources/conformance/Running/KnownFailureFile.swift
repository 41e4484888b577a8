internal import BackendConformance
internal import Foundation

/// The file of known failures, and the results of a run that are held against it.
final class KnownFailureFile {
  private let path: String
  private let updates: Bool
  private let known: KnownFailures
  private let today: CalendarDate
  private var results: [ScenarioResult] = []

  /// Reads the file; one that is to be written need not exist.
  init(_ path: String, updates: Bool) throws(CommandFailure) {
    self.path = path
    self.updates = updates
    let isNew = updates && !FileManager.default.fileExists(atPath: path)
    known = try CommandFailure.badInput { () throws(InputFileError) in
      isNew ? KnownFailures() : try KnownFailures.load(path)
    }
    guard let today = CalendarDate(Date.now.formatted(.iso8601.year().month().day())) else {
      throw CommandFailure(.suiteFault, "the clock of this machine tells no date")
    }
    self.today = today
  }

  /// The result in the light of the file; it is kept for the end of the run.
  func adjust(_ result: ScenarioResult) -> ScenarioResult {
    let adjusted = known.adjusted(result, today: today)
    results.append(adjusted)
    return adjusted
  }

  /// Tells which entries are stale once the run is over, and writes the file if it is to be.
  ///
  /// - Returns: Whether an entry is stale that has not been removed.
  func conclude(among slugs: Set<String>) throws(CommandFailure) -> Bool {
    guard !updates else {
      try write()
      return false
    }
    // A script of one's own is known to no catalogue, and here only while its folder is played.
    let own = known.entries.map(\.slug).filter(Playlist.isOwn)
    let stale = known.stale(after: results, today: today, among: slugs.union(own))
    for (entry, reason) in stale {
      StandardError.note(
        "\(path): the entry of \(entry.slug), step \(entry.step), is stale: \(reason)"
      )
    }
    return !stale.isEmpty
  }

  private func write() throws(CommandFailure) {
    let updated = known.updated(with: results, today: today)
    try CommandFailure.writing { () throws(ReportFileError) in
      try ReportFile.write(updated.yaml, to: path)
    }
    StandardError.note("\(path) now has \(updated.entries.count) entries")
  }
}
