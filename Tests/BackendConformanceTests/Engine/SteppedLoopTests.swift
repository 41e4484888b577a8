import BackendConformance
import Dispatch
import Foundation
import NetBackend
import Synchronization
import Testing

/// Readiness that a test sets.
private final class SetPoller: DescriptorPoller {
  private let state = Mutex<Readiness>([])

  var readiness: Readiness {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }

  func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness] {
    descriptors.map { _ in readiness }
  }
}

@Suite("The stepped loop")
struct SteppedLoopTests {
  private let poller = SetPoller()
  private let loop: SteppedLoop

  init() { loop = SteppedLoop(poller: poller) }

  @Test("A handler runs once a turn while its descriptor is readable and it is enabled")
  func level() throws {
    let registration = try loop.watch(0) {}
    poller.readiness = .readable
    #expect(loop.turn(milliseconds: 0) == 0)
    registration.enable()
    #expect(loop.turn(milliseconds: 0) == 1)
    #expect(loop.turn(milliseconds: 0) == 1)
    poller.readiness = []
    #expect(loop.turn(milliseconds: 0) == 0)
    registration.setPending(true)
    #expect(loop.turn(milliseconds: 0) == 1)
    registration.disable()
    #expect(loop.turn(milliseconds: 0) == 0)
  }

  @Test("A hang-up is told once for each time receive is enabled")
  func hangUp() throws {
    let registration = try loop.watch(0) {}
    poller.readiness = .hangUp
    for _ in 0..<2 {
      registration.enable()
      #expect(loop.turn(milliseconds: 0) == 1)
      #expect(loop.turn(milliseconds: 0) == 0)
    }
  }

  @Test("A cancelled registration runs no more, also if it is enabled again")
  func cancelled() throws {
    let registration = try loop.watch(0) {}
    poller.readiness = .readable
    registration.enable()
    registration.cancel()
    registration.enable()
    #expect(loop.turn(milliseconds: 0) == 0)
  }

  @Test("A handler may cancel its own registration")
  func cancelsItself() throws {
    let own = Mutex<(any EventRegistration)?>(nil)
    let registration = try loop.watch(0) { own.withLock { $0 }?.cancel() }
    own.withLock { $0 = registration }
    poller.readiness = .readable
    registration.enable()
    #expect(loop.turn(milliseconds: 0) == 1)
    #expect(loop.turn(milliseconds: 0) == 0)
  }

  @Test("Cancelling waits for a handler that is running on another thread")
  func cancelWaits() throws {
    let (begun, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let hasEnded = Atomic<Bool>(false)
    let registration = try loop.watch(0) {
      begun.signal()
      goOn.wait()
      hasEnded.store(true, ordering: .sequentiallyConsistent)
    }
    poller.readiness = .readable
    registration.enable()
    Thread.detachNewThread { [loop] in _ = loop.turn(milliseconds: 0) }
    begun.wait()
    Thread.detachNewThread { goOn.signal() }
    registration.cancel()
    let waited = hasEnded.load(ordering: .sequentiallyConsistent)
    #expect(waited)
  }

  @Test("A refused descriptor is not watched, and what happens to the others is told")
  func record() throws {
    let events = Mutex<[LoopEvent]>([])
    let refusal = BackendError(.system, call: "watch", subject: "loop")
    let loop = SteppedLoop(poller: poller) {
      $0 == 7 ? refusal : nil
    } observe: { _, event in
      events.withLock { $0.append(event) }
    }
    #expect(throws: refusal) { try loop.watch(7) {} }
    let registration = try loop.watch(1) {}
    registration.enable()
    registration.disable()
    registration.cancel()
    #expect(events.withLock { $0 } == [.watched, .enabled, .disabled, .cancelled])
  }
}
