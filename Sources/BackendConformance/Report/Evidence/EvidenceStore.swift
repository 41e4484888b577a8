public import FoundationEssentials

/// Saves what the failures of one run leave behind.
///
/// Each failure has a folder of its own with the script of the case that failed, its event log and its
/// frames.
/// Nothing is created before the first failure.
public final class EvidenceStore {
  private let root: String
  private let run: RunDescription
  private let begun: Date
  private var folder: String?

  /// Prepares to save beneath `root`.
  ///
  /// - Parameter begun: When the run began; the run's folder is named after it.
  public init(root: String, run: RunDescription, begun: Date = .now) {
    self.root = root
    self.run = run
    self.begun = begun
  }

  /// Saves the case that decided a scenario, and returns the folder, with a slash at its end.
  public func save(_ scenario: PlayedScenario) throws(EvidenceError) -> String {
    guard let deciding = scenario.cases.last else {
      throw EvidenceError(path: root, reason: "no case was played")
    }
    let name = scenario.result.requirement.slug.split(separator: "/").joined(separator: ".")
    let folder = try Folder.create(named: name, in: try runFolder()) + "/"
    var result = scenario.result
    result.evidence = folder
    try Folder.write(deciding.script.yaml, to: folder + Evidence.scriptName)
    try Folder.write(log(of: deciding, result), to: folder + Evidence.logName)
    try Folder.write(FrameCapture(deciding).bytes, to: folder + Evidence.captureName)
    return folder
  }

  private func runFolder() throws(EvidenceError) -> String {
    if let folder { return folder }
    let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
      .time(includingFractionalSeconds: false)
    let stamp = begun.formatted(style).map { $0 == ":" ? "-" : String($0) }.joined()
    let made = try Folder.create(named: stamp, in: root)
    folder = made
    return made
  }

  private func log(of played: PlayedCase, _ result: ScenarioResult) -> String {
    var run = run
    run.backend = result.backend
    let kinds: [Event.Kind] =
      [.runStart(run), .scenarioStart(result.requirement, backend: result.backend)]
      + played.records.map { .step(script: played.script, record: $0) }
      + [.verdict(result)]
    return EventsReport.render(kinds.map { Event(time: 0, kind: $0) }, as: EventsReport())
  }
}

/// Why evidence was not saved.
public struct EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file or folder concerned.
  public var path: String
  /// What went wrong.
  public var reason: String

  /// One line: path and reason.
  public var description: String { "\(path): \(reason)" }
}
