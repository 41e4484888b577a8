import BackendConformance
import Dispatch
import NetBackend
import Synchronization
import Testing

/// A backend whose peek begins a callback, on the thread that peeks, whatever was asked of it.
private final class TalkativeBackend: TinyBackend {
  let request: OpenRequest
  private let called = DispatchSemaphore(value: 0)
  private let closesLate: Atomic<Bool>

  init(_ request: OpenRequest, closesLate: Bool = false) {
    self.request = request
    self.closesLate = Atomic(closesLate)
  }

  func peekLength() throws(BackendError) -> Int? {
    request.onReceive()
    return nil
  }

  func discard() throws(BackendError) -> Int? {
    called.signal()
    return nil
  }

  func close() {
    if closesLate.exchange(false, ordering: .relaxed) { called.wait() }
  }
}

@Suite("Callbacks are watched over, on whichever thread they begin")
struct CallbackTests {
  @Test("A callback while receive is enabled is none's fault, and is counted")
  func enabled() {
    let played = play({ TalkativeBackend($0) }) {
      Step.enableReceive
      Step.peek
      Step.peek
      Step.runLoop(callbacks: 2)
    }
    #expect(played.finding == nil)
  }

  @Test("A callback before receive is enabled, and after it has been disabled, is a failure")
  func disabled() {
    let before = play({ TalkativeBackend($0) }) { Step.peek }
    #expect(before.failure?.observed == "a callback began while receive was disabled")
    let after = play({ TalkativeBackend($0) }) {
      Step.enableReceive
      Step.disableReceive
      Step.peek
    }
    #expect(after.failure?.allowed == "no callback while receive is disabled")
    #expect(after.failure?.step == 4)
  }

  @Test("A callback before the backend has opened, and after it has closed, is a failure")
  func closed() {
    let early = play({ request in
      request.onReceive()
      return TalkativeBackend(request)
    }) {}
    #expect(early.failure?.step == 1)
    #expect(early.failure?.observed == "a callback began while the backend was not open")
    let late = play({ TalkativeBackend($0) }) {
      Step.enableReceive
      Step.close
      Step.peek
    }
    #expect(late.failure?.step == 4)
    #expect(late.failure?.observed == "a callback began while the backend was not open")
  }

  @Test("A close that returns while a callback is running is a failure")
  func closedDuringCallback() {
    let played = play({ TalkativeBackend($0, closesLate: true) }) {
      Step.whenCalledBack {
        // Lets close return, then stays until that has been seen.
        Step.discard
        for _ in 0..<100 { Step.linger }
      }
      Step.enableReceive
      Step.together([.peek], [.close])
    }
    #expect(played.failure?.observed == "close returned while a callback was running")
  }

  @Test("A backend may close within its callback")
  func closesWithinCallback() {
    let played = play({ TalkativeBackend($0) }) {
      Step.whenCalledBack { Step.close }
      Step.enableReceive
      Step.peek
    }
    #expect(played.finding == nil)
  }

  @Test("The steps of a callback are judged like the others")
  func stepsInside() {
    let played = play({ TalkativeBackend($0) }) {
      Step.whenCalledBack { Step.discard.allowing(.length(60)) }
      Step.enableReceive
      Step.peek
    }
    #expect(played.failure?.step == 3)
    #expect(played.failure?.action == "discard")
  }
}
