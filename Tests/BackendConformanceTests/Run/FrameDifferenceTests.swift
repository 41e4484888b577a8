import BackendConformance
import Testing

@Suite("How an observed frame differs")
struct FrameDifferenceTests {
  let pattern = FramePattern(100)

  @Test("An equal frame does not differ")
  func equal() {
    #expect(FrameSummary(pattern.contents()).difference(from: pattern) == nil)
  }

  @Test("Another length is told first")
  func length() {
    let short = FrameSummary(Array(pattern.contents().prefix(60)))
    #expect(short.difference(from: pattern) == "100 bytes expected, 60 observed")
  }

  @Test(
    "A changed byte is told by its position, or as behind the kept head",
    arguments: [
      (12, "byte 12: 88 expected, 77 observed"), (99, "differs after byte 64"),
    ]
  )
  func changedByte(position: Int, text: String) {
    var bytes = pattern.contents()
    bytes[position] ^= 0xFF
    #expect(FrameSummary(bytes).difference(from: pattern) == text)
  }

  @Test("Of several frames the first that differs is named, else the number")
  func several() {
    let run = FramePattern(60, count: 3)
    let frames = run.singles().map { FrameSummary($0.contents()) }
    let allowed = [Outcome.frames(run)]
    #expect(Observation.frames(frames).difference(from: allowed[0].expectation) == nil)
    let swapped = Observation.frames([frames[0], frames[2], frames[1]])
    #expect(swapped.description(comparedWith: allowed).contains("; frame 2: byte 14: "))
    let lost = Observation.frames(Array(frames.prefix(2)))
    let text = "2 frames: 60 bytes then 60 bytes; 3 frames expected, 2 observed"
    #expect(lost.description(comparedWith: allowed) == text)
  }
}
