internal import Dispatch
internal import NetBackend
internal import Synchronization

/// One handler that waits for its time on a ``SteppedLoop``.
final class SteppedTimer: EventTimer {
  private struct State {
    var isCancelled = false
    var run = HandlerRun()
  }

  /// When the handler is to run, in nanoseconds of the loop's clock.
  let deadline: UInt64
  private let handler: @Sendable () -> Void
  private let list: TimerList
  private let state = Mutex(State())

  init(at deadline: UInt64, list: TimerList, handler: @escaping @Sendable () -> Void) {
    self.deadline = deadline
    self.list = list
    self.handler = handler
  }

  func cancel() {
    list.remove(self)
    let wait = state.withLock { state in
      state.isCancelled = true
      return state.run.ending()
    }
    wait?.wait()
  }

  /// Runs the handler, unless the timer was cancelled after it left the list.
  func run() -> Bool {
    let begins = state.withLock { state in
      if !state.isCancelled { state.run.begin() }
      return !state.isCancelled
    }
    guard begins else { return false }
    handler()
    for waiter in state.withLock({ $0.run.end() }) { waiter.signal() }
    return true
  }
}
