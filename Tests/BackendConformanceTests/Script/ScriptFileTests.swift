import BackendConformance
import FoundationEssentials
import Testing

@Suite("Script files")
struct ScriptFileTests {
  @Test("A script that is written and read again is the same script")
  func roundTrip() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    for offset in 0..<300 {
      var generator = ScriptGenerator(seed: seed &+ UInt64(offset))
      let script = generator.script()
      let again = try Script(yaml: script.yaml, file: "seed \(seed &+ UInt64(offset))")
      guard again != script else { continue }
      Issue.record("seed \(seed &+ UInt64(offset)) does not read back:\n\(script.yaml)")
      return
    }
  }

  @Test("Every script of the catalogue reads back as the same script")
  func catalogue() throws {
    for script in Catalogue.all.flatMap(\.scripts) {
      #expect(try Script(yaml: script.yaml, file: script.name) == script)
    }
  }

  @Test("What is usual need not be written")
  func usualOutcomes() throws {
    let script = Script(requirement: "send/whole", name: "short", steps: [.open(), .peek, .close])
    let text = """
      schema: 1
      requirement: send/whole
      case: short
      steps:
      - open:
      - peek:
      - close:

      """
    #expect(script.yaml == text)
    #expect(try Script(yaml: text, file: "short.yaml") == script)
  }

  @Test("A file says all that a script can")
  func wholeFile() throws {
    let text = """
      schema: 1
      case: a short buffer
      bench: {families: [tap], options: {slots: 8}}
      steps:
        - inject: [60, {length: 1514, seed: 7}]
        - receive: [60]
          expect: {frame: 60}
        - receive: [60, 60]
          expect:
            - {error: noSpace, required: 1514, label: kept}
            - nothing
          choice: fate
      """
    let long = FramePattern(1514, seed: 7)
    let expected = Script("a short buffer", bench: .init(families: ["tap"], options: ["slots": 8]))
    {
      Step.inject(FramePattern(60), long)
      Step.receive(FramePattern(60), into: [60])
      Step.receive(into: [60, 60])
        .allowing(.noSpace(required: 1514).labelled("kept"), .nothing).choosing("fate")
    }
    #expect(try Script(yaml: text, file: "a.yaml") == expected)
  }

  static let head = "schema: 1\ncase: x\nsteps:\n"

  @Test(
    "A malformed file is refused with the place, what was expected and what was found",
    arguments: [
      ("", "f:1:1: expected a mapping, found nothing"),
      ("[1]", "f:1:1: expected a mapping, found a list"),
      ("case: x", "f:1:1: expected the key schema, found no such key"),
      ("schema: 2\ncase: x\nsteps: []", #"f:1:9: expected schema 1, found "2""#),
      (
        "schema: 1\ncas: x\nsteps: []",
        "f:2:1: expected one of the keys schema, requirement, case, bench, profile, steps, "
          + #"found "cas"; did you mean "case"?"#
      ),
      (
        "schema: 1\ncase: x\ncase: y\nsteps: []",
        "f:2:1: expected each key once, found case again"
      ),
      (head + "- sned: 60", #"f:4:3: expected a known key, found "sned"; did you mean "send"?"#),
      (head + "- peek:\n  close:", "f:4:3: expected exactly one action, found close and peek"),
      (head + "- backend: 1", "f:4:3: expected exactly one action, found none"),
      (head + "- peek: 3", #"f:4:9: expected nothing after peek, found "3""#),
      (head + "- drops:", "f:4:3: expected the key expect, found no such key"),
      (head + "- send: -1", #"f:4:9: expected a whole number from 0 to 16777216, found "-1""#),
      (
        head + "- send: {bytes: 0g}",
        #"f:4:17: expected bytes as pairs of hexadecimal digits, found "0g""#
      ),
      (
        head + "- send: {length: 1, bytes: 00}",
        "f:4:9: expected exactly one of length, bytes, capture, found length and bytes"
      ),
      (
        head + "- peek:\n  expect: {eror: busy}",
        #"f:5:12: expected a known key, found "eror"; did you mean "error"?"#
      ),
      (
        head + "- link: uq",
        #"f:4:9: expected up or down or removed, found "uq"; did you mean "up"?"#
      ),
      (
        head + "- setFeatures: {features: [CSUN], headerLength: 0}",
        #"f:4:28: expected a feature or its bit number, found "CSUN"; did you mean "CSUM"?"#
      ),
      (
        head + "- peek:\n  expect: []",
        "f:5:11: expected at least one outcome, found none"
      ),
      (
        head + "- runLoop:\n  expect: {callbacks: {from: 3, to: 1}}",
        #"f:5:37: expected a whole number from 3 to 9223372036854775807, found "1""#
      ),
      (head + "- [", "f:5:1: expected YAML, found did not find expected node content"),
    ]
  )
  func malformed(text: String, message: String) {
    let error = #expect(throws: InputFileError.self) { try Script(yaml: text, file: "f") }
    #expect(error?.description == message)
  }

  @Test("A payload may be a frame of a capture file beside the script")
  func capture() throws {
    let directory = FileManager.default.temporaryDirectory.path() + "/capture-\(UUID())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    // Little-endian, version 2.4, at most 65535 bytes a frame, Ethernet; then one frame of 16.
    let header: [UInt8] = [
      0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 1, 0, 0, 0,
    ]
    let frame = FramePattern(16).contents()
    let record: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0]
    try Data(header + record + frame).write(to: URL(filePath: directory + "/a.pcap"))
    func load(_ number: Int) throws -> Script {
      let text = Self.head + "- send: {capture: {file: a.pcap, frame: \(number)}}"
      return try Script(yaml: text, file: directory + "/a.yaml")
    }
    #expect(try load(1).steps == [.send(FramePattern(bytes: frame))])
    let error = #expect(throws: InputFileError.self) { try load(2) }
    #expect(error?.expected == "the number of a frame of the capture")
    #expect(error?.line == 4)
  }

  @Test("Aliases that stand for too much are refused, not followed")
  func aliasBomb() {
    let lines = (1...9).map { level in
      "- &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]"
    }
    let text = "- &a0 x\n" + lines.joined(separator: "\n")
    #expect(throws: InputFileError.self) { try Script(yaml: text, file: "f") }
  }

  @Test("Deep nesting is refused by the parser, not by a crash")
  func deepNesting() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: InputFileError.self) { try Script(yaml: text, file: "f") }
  }

  @Test("A file that is not there is an error with its path")
  func missing() {
    let error = #expect(throws: InputFileError.self) { try ScriptFile.load("/nonexistent/x.yaml") }
    #expect(
      error?.description
        == "/nonexistent/x.yaml: expected a file that can be read, found no such file"
    )
  }
}
