import Foundation
import Testing

@Suite("A run accounts for every scenario")
struct RunTests {
  let folder: Scratch

  init() throws { folder = try Scratch() }

  private func run(_ arguments: String...) throws -> Command.Result {
    let command = Command(["run"] + arguments, in: folder)
    try command.start()
    return command.result()
  }

  @Test("A right backend passes, with one line to sum it up and nothing on standard error")
  func passes() throws {
    let result = try run("receive/*", "--backend", "sim:tap")
    #expect(result.status == 0)
    #expect(result.output.contains("selected "))
    #expect(result.output.contains(" 0 failed"))
    #expect(!result.output.contains("PASS"))
    #expect(!result.output.contains("\u{1B}"), "no colour in a pipe")
    #expect(result.errors == "")
    #expect(try folder.text(".conformance/last") == "")
  }

  @Test("Passes are shown when asked for, and coloured when forced")
  func verbose() throws {
    let result = try run("receive/*", "--backend", "sim:tap", "-v", "--color", "always")
    #expect(result.output.contains("PASS"))
    #expect(result.output.contains("\u{1B}["))
  }

  @Test("Each of the simulated backends plays in turn")
  func all() throws {
    let result = try run("receive/*", "--backend", "sim:all", "-v")
    #expect(result.output.contains("sim:tap\n"))
    #expect(result.output.contains("sim:vmnet\n"))
  }

  @Test("A report on standard output is all there is on it")
  func reportOnOutput() throws {
    let result = try run("receive/*", "--backend", "sim:tap", "--report", "json")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    #expect((document as? [String: Any])?["exit"] as? Int == 0)
    #expect(result.errors.contains("selected "))
  }

  @Test("Reports are complete, and no partial file is left")
  func reportFiles() throws {
    let result = try run(
      "receive/*",
      "--backend",
      "sim:tap",
      "--report",
      "junit:a.xml",
      "--report",
      "events:b.jsonl",
      "--seed",
      "0x2a"
    )
    #expect(result.status == 0)
    #expect(try folder.names() == [".conformance", ".conformance/last", "a.xml", "b.jsonl"])
    #expect(try folder.text("a.xml").hasSuffix("</testsuites>\n"))
    let lines = try folder.text("b.jsonl").split(separator: "\n")
    #expect(lines.first?.contains(#""seed":"0x2a""#) == true)
    #expect(lines.last?.contains(#""kind":"run.end""#) == true)
  }

  @Test("A report that is a link is written to where the link leads")
  func reportThroughLink() throws {
    try folder.write("old", to: "real.json")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.json"),
      withDestinationPath: "real.json"
    )
    _ = try run("receive/*", "--backend", "sim:tap", "--report", "json:link.json")
    #expect(try folder.text("real.json").hasPrefix("{"))
  }

  @Test("Nothing ran is an error, unless it is permitted")
  func nothingRan() throws {
    let skipping = try run("receive/*", "--skip", "receive/*", "--backend", "sim:tap")
    #expect(skipping.status == 4)
    #expect(skipping.errors.contains("nothing ran"))
    let permitted = try run(
      "--skip",
      "level:must",
      "level:must",
      "--backend",
      "sim:tap",
      "--allow-empty"
    )
    #expect(permitted.status == 0)
  }

  @Test("A failure leaves its evidence, which plays again")
  func evidence() throws {
    try folder.write(Fixture.failing, to: "fixtures/x.yaml")
    let result = try run("--fixtures", "fixtures", "--backend", "sim:tap")
    #expect(result.status == 1)
    let again = try #require(result.output.split(separator: "\n").first { $0.contains("  again ") })
    let place = try #require(again.split(separator: " ").last).description
    #expect(place.hasPrefix(".conformance/"))
    #expect(place.hasSuffix("/receive.short-buffer-is-reported/"))
    #expect(try folder.text(place + "events.jsonl").contains(#""verdict":"failed""#))
    let replayed = try Command.run("replay", place, in: folder)
    #expect(replayed.status == 1)
    #expect(replayed.output.contains("again     conformance replay \(place)"))
    let elsewhere = try Command.run("replay", place, "--backend", "sim:vmnet", in: folder)
    #expect(elsewhere.output.contains("sim:vmnet"))
  }

  @Test("What failed last time is played again")
  func failedOnly() throws {
    try folder.write(Fixture.failing, to: "fixtures/x.yaml")
    _ = try run("--fixtures", "fixtures", "--backend", "sim:tap")
    #expect(try folder.text(".conformance/last") == "receive/short-buffer-is-reported\n")
    let result = try run("--failed", "--backend", "sim:tap", "-v")
    #expect(result.status == 0)
    #expect(result.output.contains("selected 1 ="))
    #expect(try run("--failed", "--backend", "sim:tap").status == 4, "nothing is left to play")
  }

  @Test("A fixture that belongs to no requirement has a name of its own, and keeps it")
  func ownFixture() throws {
    try folder.write(Fixture.passing, to: "fixtures/quiet.yaml")
    let result = try run("--fixtures", "fixtures", "--backend", "sim:tap", "-v")
    #expect(result.status == 0)
    #expect(result.output.contains("PASS   fixture/quiet"))
    let again = Fixture.passing + "requirement: fixture/quiet\n"
    try folder.write(again, to: "again.yaml")
    #expect(try Command.run("replay", "again.yaml", "--backend", "sim:tap", in: folder).status == 0)
  }

  @Test("The scheduler's variables choose a part, and it is told")
  func shard() throws {
    let command = Command(
      ["list"],
      in: folder,
      environment: ["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "8"]
    )
    try command.start()
    let result = command.result()
    #expect(result.errors.contains("shard 2/8"))
    #expect(result.output == (try Command.run("list", "--shard", "2/8").output))
  }
}
