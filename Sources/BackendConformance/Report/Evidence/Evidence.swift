internal import FoundationEssentials

/// What a failure left behind: the script that failed, and where and how it was played.
public struct Evidence: Sendable {
  /// The name of the file that holds the script.
  public static let scriptName = "script.yaml"
  /// The name of the file that holds the event log.
  public static let logName = "events.jsonl"
  /// The name of the file that holds the frames.
  public static let captureName = "frames.pcapng"

  /// The script.
  public let script: Script
  /// The backend that it was played on, if that is known.
  public let backend: String?
  /// The profile it was judged by, if that is known.
  public let profile: String?

  /// Reads a script, or a folder of evidence.
  ///
  /// - Parameter objection: What is expected in place of a requirement, given its slug; `nil` if it
  ///   will do.
  public static func load(
    _ path: String,
    objection: (String) -> String? = { _ in nil }
  ) throws(InputFileError) -> Evidence {
    let file = isFolder(path) ? file(scriptName, in: path) : path
    let script = try ScriptFile.load(file, objection: objection)
    let run = try recordedRun(beside: path)
    return Evidence(script: script, backend: run?.backend, profile: run?.profile)
  }

  /// Whether a path is that of a folder.
  public static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder
  }

  private static func file(_ name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  private static func recordedRun(beside path: String) throws(InputFileError) -> RecordedRun? {
    guard isFolder(path) else { return nil }
    let log = file(logName, in: path)
    let lines = try InputFile.text(log).split(separator: "\n", maxSplits: 1)
    let data = Data((lines.first ?? "").utf8)
    guard let run = try? JSONDecoder().decode(RecordedRun.self, from: data),
      run.kind == "run.start"
    else {
      throw InputFileError(
        file: log,
        line: 1,
        column: 1,
        expected: "the event run.start",
        found: lines.isEmpty ? "nothing" : "something else"
      )
    }
    return run
  }
}

/// How the event log of a run begins.
private struct RecordedRun: Decodable {
  let kind: String
  let backend: String
  let profile: String
}
