import BackendConformance
import Foundation
import NetBackend
import Pcap
import Testing

@Suite("The evidence of a failure")
struct EvidenceTests {
  @Test("The frames are a capture: given, injected, collected, received, without vnet headers")
  func frames() throws {
    let (sent, injected) = (FramePattern(1514, seed: 3), FramePattern(60, seed: 5))
    let frames = try evidence(
      of: Script("both ways") {
        Step.open()
        Step.setFeatures([], headerLength: 12)
        Step.send(sent.behind(zeros: 12))
        Step.collect(sent)
        Step.inject(injected)
        Step.receive(into: [100]).allowing(.anything)
        Step.peek(injected)
      }
    )
    #expect(frames.map(\.length) == [1514, 1514, 60, 60])
    #expect(frames[0].bytes == Array(sent.contents().prefix(52)))
    #expect(frames[1].bytes == Array(sent.contents().prefix(64)))
    #expect(frames[2].bytes == injected.contents())
    #expect(frames[3].bytes == Array(injected.contents().prefix(52)))
  }

  private func evidence(of script: Script) throws -> [CapturedFrame] {
    let root = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    let requirement = try #require(Catalogue.all.first)
    let runner = ScenarioRunner(SimulatedTapBench.factory(prefix: "tap"))
    let scenario = runner.run([script], of: requirement)
    #expect(scenario.result.judgement.verdict == .failed)
    let run = RunDescription(
      suiteVersion: "1",
      backend: "sim:tap",
      profile: "strict",
      seed: 1,
      host: [:]
    )
    let folder = try EvidenceStore(root: root, run: run).save(scenario)
    return try CaptureReader.frames(path: folder + Evidence.captureName)
  }
}

extension FramePattern {
  /// The same frame with a vnet header of zeros in front.
  fileprivate func behind(zeros count: Int) -> FramePattern {
    var frame = self
    frame.header = Array(repeating: 0, count: count)
    return frame
  }
}
