import BackendConformance
import Dispatch
import NetBackend
import Testing

/// A backend whose send does not return before it is let go.
private final class StuckBackend: TinyBackend {
  let letGo: DispatchSemaphore

  init(_ letGo: DispatchSemaphore) { self.letGo = letGo }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    letGo.wait()
    return frame.totalLength
  }
}

@Suite("A call that does not return")
struct HangTests {
  @Test("It decides its case within the limit, and the next case is played")
  func hang() throws {
    let letGo = DispatchSemaphore(value: 0)
    defer { letGo.signal() }
    let runner = ScenarioRunner(tinyFactory { _ in StuckBackend(letGo) }, stepLimit: 100)
    let hung = runner.play(
      Script("hangs") {
        Step.open()
        Step.send(FramePattern(60))
        Step.peek
      }
    )
    let failure = try #require(hung.finding?.failureOrDoubt)
    #expect(failure.step == 2)
    #expect(failure.allowed == "every call returns")
    #expect(failure.observed.hasPrefix("did not return within 0."))
    #expect(hung.records.count == 2)
    let next = runner.play(
      Script("does not") {
        Step.open()
        Step.peek
      }
    )
    #expect(next.finding == nil)
    #expect(next.records.count == 2)
  }

  @Test("Lanes that go on are not stuck, however long they take together")
  func longLanes() {
    let runner = ScenarioRunner(tinyFactory { _ in IdleBackend() }, stepLimit: 200)
    let script = Script("lingers") {
      Step.open()
      Step.together([.repeated(25) { Step.linger }], [.peek])
    }
    #expect(runner.play(script).finding == nil)
  }

  @Test("A hang on a loaded machine is inconclusive, on an idle one a failure")
  func load() {
    let script = Script("hangs") { Step.close }
    for machineWasLate in [false, true] {
      let late = LateObservation(soFar: 0, seconds: 10, machineWasLate: machineWasLate)
      let record = StepRecord(step: 0, observation: .late(late), breaches: [.hung(late)])
      let finding = Judge.judge(script, profile: .strict, records: [record])
      guard case .inconclusive = finding else {
        #expect(!machineWasLate)
        continue
      }
      #expect(machineWasLate)
    }
  }
}

extension Judge.Finding {
  /// What failed, or would have on a machine that was not late.
  fileprivate var failureOrDoubt: Failure? {
    switch self {
    case .failed(let failure), .inconclusive(let failure): failure
    default: nil
    }
  }
}
