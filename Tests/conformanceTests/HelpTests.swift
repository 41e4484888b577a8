import Foundation
import Testing

@Suite("Help is good enough to learn from, and only changes when it is meant to")
struct HelpTests {
  static let pages = [
    ["--help"], ["run", "--help"], ["list", "--help"], ["explain", "--help"], ["replay", "--help"],
    ["doctor", "--help"], ["explain-ring", "--help"], ["schema", "--help"],
  ]

  @Test("The page is the one that is kept", arguments: pages)
  func page(arguments: [String]) throws {
    let command = Command(arguments, environment: ["COLUMNS": "80"])
    try command.start()
    let result = command.result()
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let name = arguments.count == 1 ? "conformance" : arguments[0]
    let snapshot = Self.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
      try result.output.write(to: snapshot, atomically: true, encoding: .utf8)
    }
    #expect(result.output == (try String(contentsOf: snapshot, encoding: .utf8)))
  }

  @Test("The version is a line of its own")
  func version() throws {
    let result = try Command.run("--version")
    #expect(result.status == 0)
    #expect(result.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test("Without a subcommand the overview is shown")
  func overview() throws {
    let result = try Command.run()
    #expect(result.status == 0)
    #expect(result.output == (try Command.run("--help").output))
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots")
}
