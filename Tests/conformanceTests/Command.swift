import Foundation

/// The built command, run as a process of its own.
struct Command {
  /// What came of it.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  let process = Process()
  private let output = Pipe()
  private let errors = Pipe()

  /// Prepares to run the command with arguments, or another tool.
  init(
    _ arguments: [String],
    in folder: Scratch? = nil,
    environment: [String: String] = [:],
    tool: String? = nil
  ) {
    process.executableURL = tool.map { URL(filePath: $0) } ?? Self.path
    process.arguments = arguments
    process.environment = Self.environment.merging(environment) { _, new in new }
    process.currentDirectoryURL = folder?.url
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
  }

  /// Runs the command to its end.
  static func run(
    _ arguments: String...,
    in folder: Scratch? = nil,
    environment: [String: String] = [:]
  ) throws -> Result {
    let command = Command(arguments, in: folder, environment: environment)
    try command.start()
    return command.result()
  }

  /// Starts the command.
  func start() throws { try process.run() }

  /// Reads what the command writes until it contains `text`, or until the command ends.
  func readOutput(until text: String) -> String {
    var seen = ""
    while !seen.contains(text) {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      seen += String(decoding: data, as: UTF8.self)
    }
    return seen
  }

  /// Waits for the command to end.
  func result() -> Result {
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let notes = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: notes, as: UTF8.self)
    )
  }

  /// The command, which lies beside the tests.
  static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "conformance")

  /// The environment without what changes the command's behaviour.
  private static let environment = ProcessInfo.processInfo.environment.filter { name, _ in
    !["NO_COLOR", "COLUMNS"].contains(name) && !name.hasPrefix("CI_NODE")
      && !name.hasPrefix("JOB_COMPLETION") && !name.hasPrefix("SLURM_ARRAY")
  }
}
