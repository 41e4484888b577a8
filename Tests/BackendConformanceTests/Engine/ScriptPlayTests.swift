import BackendConformance
import Dispatch
import NetBackend
import Synchronization
import Testing

/// A backend whose answers to peek are given beforehand.
private final class AnsweringBackend: TinyBackend {
  private let answers: Mutex<[Int?]>

  init(_ answers: [Int?]) { self.answers = Mutex(answers) }

  func peekLength() throws(BackendError) -> Int? {
    answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }

  func setFeatures(_ features: VirtioNetFeatures, headerLength: Int) throws(BackendError) {
    throw BackendError(.unsupportedHeaderLength, call: "setFeatures", subject: "tiny")
  }
}

/// A backend whose peek and discard return only while the other one is being called.
private final class MeetingBackend: TinyBackend {
  private let peeking = DispatchSemaphore(value: 0)
  private let discarding = DispatchSemaphore(value: 0)

  func peekLength() throws(BackendError) -> Int? {
    peeking.signal()
    discarding.wait()
    return nil
  }

  func discard() throws(BackendError) -> Int? {
    discarding.signal()
    peeking.wait()
    return nil
  }
}

/// A backend that holds its callback and says when it is gone.
private final class MortalBackend: TinyBackend {
  let request: OpenRequest
  private let onEnd: @Sendable () -> Void

  init(_ request: OpenRequest, onEnd: @escaping @Sendable () -> Void) {
    self.request = request
    self.onEnd = onEnd
  }

  deinit { onEnd() }
}

@Suite("Playing a script")
struct ScriptPlayTests {
  private let eitherWay = Step.peek.allowing(
    Outcome.length(60).labelled("keeps"),
    Outcome.nothing.labelled("drops")
  ).choosing("the backend")

  @Test(
    "Of labelled outcomes the same must be chosen each time",
    arguments: [([60, 60], nil), ([60, nil], "the backend drops")] as [([Int?], String?)]
  )
  func choice(answers: [Int?], observed: String?) {
    let played = play({ _ in AnsweringBackend(answers) }) {
      eitherWay
      eitherWay
    }
    #expect(played.failure?.observed == observed)
    if observed != nil { #expect(played.failure?.allowed == "the backend keeps, as before") }
  }

  @Test("An error in a precondition makes the case unsupported, elsewhere it is a failure")
  func precondition() {
    let step = Step.setFeatures([], headerLength: 12)
    let excused = play({ _ in AnsweringBackend([]) }) { step.orUnsupported }
    guard case .unsupported(let reason) = excused.finding else {
      Issue.record("the case is not unsupported")
      return
    }
    #expect(reason.contains("unsupportedHeaderLength"))
    #expect(play({ _ in AnsweringBackend([]) }) { step }.failure?.step == 2)
  }

  @Test("A precondition that observes something else than an error is judged")
  func judgedPrecondition() {
    let played = play({ _ in AnsweringBackend([60]) }) { Step.peek.orUnsupported }
    #expect(played.failure?.observed == "60 bytes, no error")
  }

  @Test(
    "A failure in a repetition tells its round, counted from 1; elsewhere none",
    arguments: 1...3
  )
  func repetition(round: Int) {
    let answers: [Int?] = Array(repeating: nil, count: round - 1) + [60]
    let played = play({ _ in AnsweringBackend(answers) }) { Step.repeated(3) { Step.peek } }
    #expect(played.failure?.round == round)
    #expect(played.failure?.step == 3)
    #expect(play({ _ in AnsweringBackend([60]) }) { Step.peek }.failure?.round == 0)
  }

  @Test("After the step that decides a case no other is played")
  func stopsAtFailure() {
    let played = play({ _ in AnsweringBackend([60]) }) {
      Step.peek
      Step.discard
    }
    #expect(played.records.map(\.step) == [0, 1])
  }

  @Test("Lanes are played at the same time")
  func together() {
    let played = play({ _ in MeetingBackend() }) {
      Step.together([.peek], [.discard])
      Step.headerLength(0)
    }
    #expect(played.finding == nil)
    #expect(Set(played.records.map(\.step)) == [0, 1, 2, 3, 4])
  }

  @Test("When a case has been played its backend is gone, also with what it called back")
  func backendIsReleased() {
    let ended = Mutex(0)
    let script = Script("opens twice") {
      Step.whenCalledBack { Step.peek }
      Step.open()
      Step.close
      Step.open()
    }
    let ending: EmbeddedTestbench.Opener = { request in
      MortalBackend(request) { ended.withLock { $0 += 1 } }
    }
    #expect(ScenarioRunner(tinyFactory(ending)).play(script).finding == nil)
    #expect(ended.withLock { $0 } == 2)
  }

  @Test("A script that needs what the bench lacks is unsupported, and says what that is")
  func lacking() {
    let played = play({ _ in IdleBackend() }) {
      Step.inject(FramePattern(60))
      Step.link(.down)
    }
    #expect(played.finding == .unsupported("the bench lacks farSide, link"))
    #expect(played.records.isEmpty)
  }
}
