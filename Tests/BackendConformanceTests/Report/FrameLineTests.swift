import BackendConformance
import Foundation
import Testing

@Suite struct FrameLineTests {
  private struct Line: Decodable {
    let kind: String
    let schema: Int
    let step: Int
    let length: Int?
    let head: String?
    let digest: String?
  }

  @Test("The event log has a line for each frame that a step observed, after the step's own")
  func framesFollowTheirStep() throws {
    let frames = [FramePattern(60, seed: 1), FramePattern(1514, seed: 2)]
    let script = Script("two frames") {
      Step.open()
      Step.collect(frames[0], frames[1])
    }
    let observation = Observation.frames(frames.map { FrameSummary($0.contents()) })
    let record = StepRecord(step: 1, observation: observation)
    let event = Event(time: 7, kind: .step(script: script, record: record))
    let text = EventsReport.render([event], as: EventsReport())
    let lines = try text.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.kind) == ["step", "frame", "frame"])
    #expect(lines.allSatisfy { $0.schema == 1 && $0.step == 2 })
    #expect(lines.map(\.length) == [nil, 60, 1514])
    #expect(lines[1].head?.hasPrefix("02000000000202000000000188b5") == true)
    #expect(lines[1].digest != lines[2].digest)
  }

  @Test("A step without frames has only its own line")
  func othersHaveNone() {
    let script = Script("peek") { Step.peek }
    let record = StepRecord(step: 0, observation: .nothing)
    let event = Event(time: 7, kind: .step(script: script, record: record))
    let text = EventsReport.render([event], as: EventsReport())
    #expect(text.split(separator: "\n").count == 1)
  }
}
