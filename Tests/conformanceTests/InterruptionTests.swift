import Foundation
import Glibc
import Testing

@Suite("A run that is interrupted leaves valid reports", .timeLimit(.minutes(1)))
struct InterruptionTests {
  let folder: Scratch

  init() throws {
    folder = try Scratch()
    try folder.write(Fixture.endless, to: "fixtures/b.yaml")
    try folder.write(Fixture.failing, to: "fixtures/a.yaml")
  }

  /// Starts a run and waits until it plays the scenario that does not end.
  private func start() throws -> Command {
    let command = Command(
      [
        "run", "--fixtures", "fixtures", "--backend", "sim:tap", "--report", "events",
        "--report", "junit:a.xml", "--report", "json:b.json",
      ],
      in: folder
    )
    try command.start()
    let seen = command.readOutput(until: #""id":"fixture/b","kind":"scenario.start""#)
    #expect(seen.contains("fixture/b"))
    return command
  }

  @Test("also within a scenario", arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func interrupted(signal: Int32, status: Int32) throws {
    let command = try start()
    kill(command.process.processIdentifier, signal)
    let result = command.result()
    #expect(result.status == status)
    #expect(result.output.contains(#""exit":\#(status)"#))
    #expect(result.errors.contains("interrupted; what was written is valid"))
    #expect(try folder.text("a.xml").contains(#"failures="1""#))
    #expect(try folder.text("a.xml").hasSuffix("</testsuites>\n"))
    let data = try Data(contentsOf: folder.url.appending(path: "b.json"))
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    #expect(document?["exit"] as? Int == Int(status))
    #expect(try folder.names().allSatisfy { !$0.hasSuffix(".partial") })
  }

  @Test("A second signal ends it at once")
  func secondSignal() throws {
    let command = try start()
    kill(command.process.processIdentifier, SIGINT)
    kill(command.process.processIdentifier, SIGTERM)
    let result = command.result()
    #expect([130, 143].contains(result.status))
    #expect(!result.output.contains("run.end"))
    #expect(try !folder.names().contains("a.xml"))
  }
}
