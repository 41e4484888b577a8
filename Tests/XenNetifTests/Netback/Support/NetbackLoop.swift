import NetBackend
import Synchronization

/// An event loop that the test turns, with a clock that it moves.
final class NetbackLoop: EventLoop {
  private struct State {
    var now: UInt64 = 1_000_000_000_000
    var registrations: [NetbackRegistration] = []
    var timers: [NetbackTimer] = []
  }

  private let state = Mutex(State())
  private let isReadable: @Sendable (Int32) -> Bool

  init(isReadable: @escaping @Sendable (Int32) -> Bool) { self.isReadable = isReadable }

  var now: UInt64 { state.withLock { $0.now } }
  var registrationCount: Int { state.withLock { $0.registrations.count { !$0.isCancelled } } }
  var timerCount: Int { state.withLock { $0.timers.count } }

  func watch(
    _ descriptor: Int32,
    onReadable: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventRegistration {
    let registration = NetbackRegistration(descriptor, onReadable)
    state.withLock { $0.registrations.append(registration) }
    return registration
  }

  func schedule(
    at deadline: UInt64,
    _ handler: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventTimer {
    let timer = NetbackTimer(deadline, handler) { [weak self] ended in
      self?.state.withLock { $0.timers.removeAll { $0 === ended } }
    }
    state.withLock { $0.timers.append(timer) }
    return timer
  }

  /// Runs the handlers that are ready, each once; returns how many ran.
  @discardableResult
  func turn() -> Int {
    state.withLock { $0.registrations }.count { $0.run(isReadable($0.descriptor)) }
  }

  /// Runs the handler of the descriptor that was watched first.
  func runFirst() {
    let first = state.withLock { $0.registrations.first }
    _ = first?.run(true)
  }

  /// Turns until nothing is ready any more.
  func settle() {
    for _ in 0..<100 where turn() > 0 {}
  }

  /// Moves the clock, running timers when it shows their time, and settles after each.
  func advance(milliseconds: UInt64) {
    let end = now + milliseconds * 1_000_000
    while let timer = nextTimer(until: end) {
      state.withLock { $0.now = max($0.now, timer.deadline) }
      timer.handler()
      settle()
    }
    state.withLock { $0.now = end }
    settle()
  }

  /// Moves the clock at once, as if nobody had had time for the loop, and runs the timers that are late.
  func leap(milliseconds: UInt64) {
    let end = now + milliseconds * 1_000_000
    state.withLock { $0.now = end }
    while let timer = nextTimer(until: end) {
      timer.handler()
      settle()
    }
    settle()
  }

  private func nextTimer(until end: UInt64) -> NetbackTimer? {
    state.withLock { state in
      guard let timer = state.timers.min(by: { $0.deadline < $1.deadline }), timer.deadline <= end
      else { return nil }
      state.timers.removeAll { $0 === timer }
      return timer
    }
  }
}

/// A descriptor that a ``NetbackLoop`` watches.
final class NetbackRegistration: EventRegistration {
  private struct State {
    var isEnabled = false
    var isPending = false
    /// Let go of when cancelled: it holds the backend, which holds the loop.
    var handler: Handler?
  }

  /// A closure as an object: one that comes out of a lock by itself is wrapped anew each time.
  private final class Handler: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  let descriptor: Int32
  private let state: Mutex<State>

  init(_ descriptor: Int32, _ handler: @escaping @Sendable () -> Void) {
    self.descriptor = descriptor
    state = Mutex(State(handler: Handler(handler)))
  }

  var isCancelled: Bool { state.withLock { $0.handler == nil } }
  func enable() { state.withLock { $0.isEnabled = true } }
  func disable() { state.withLock { $0.isEnabled = false } }
  func setPending(_ pending: Bool) { state.withLock { $0.isPending = pending } }

  func cancel() {
    // What it held goes after the lock is free.
    let handler = state.withLock { $0.handler.take() }
    _ = handler
  }

  func run(_ isReadable: Bool) -> Bool {
    let handler = state.withLock { state in
      state.isEnabled && (isReadable || state.isPending) ? state.handler : nil
    }
    handler?.run()
    return handler != nil
  }
}

/// A handler that waits for its time on a ``NetbackLoop``.
final class NetbackTimer: EventTimer {
  let deadline: UInt64
  let handler: @Sendable () -> Void
  private let end: @Sendable (NetbackTimer) -> Void

  init(
    _ deadline: UInt64,
    _ handler: @escaping @Sendable () -> Void,
    _ end: @escaping @Sendable (NetbackTimer) -> Void
  ) {
    self.deadline = deadline
    self.handler = handler
    self.end = end
  }

  func cancel() { end(self) }
}
