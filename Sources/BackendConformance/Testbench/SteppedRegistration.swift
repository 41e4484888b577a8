internal import Dispatch
internal import NetBackend
internal import Synchronization

/// One descriptor that a ``SteppedLoop`` watches.
final class SteppedRegistration: EventRegistration {
  private struct State {
    var isEnabled = false
    var isPending = false
    var isCancelled = false
    /// A hang-up is a level that never ends: it is told once for each time receive is enabled.
    var hangUpTold = false
    var run = HandlerRun()
  }

  let descriptor: Int32
  private let handler: @Sendable () -> Void
  private let list: RegistrationList
  private let observe: @Sendable (Int32, LoopEvent) -> Void
  private let state = Mutex(State())

  init(
    _ descriptor: Int32,
    handler: @escaping @Sendable () -> Void,
    list: RegistrationList,
    observe: @escaping @Sendable (Int32, LoopEvent) -> Void
  ) {
    self.descriptor = descriptor
    self.handler = handler
    self.list = list
    self.observe = observe
  }

  var isEnabled: Bool { state.withLock { $0.isEnabled && !$0.isCancelled } }

  var isPending: Bool { state.withLock { $0.isPending } }

  /// Whether the handler has begun and not ended yet.
  var isHandling: Bool { state.withLock { $0.run.isUnderWay } }

  func enable() {
    observe(descriptor, .enabled)
    state.withLock {
      $0.isEnabled = true
      $0.hangUpTold = false
    }
  }

  func disable() {
    state.withLock { $0.isEnabled = false }
    observe(descriptor, .disabled)
  }

  func setPending(_ pending: Bool) {
    state.withLock { $0.isPending = pending }
  }

  func cancel() {
    let wait: DispatchSemaphore? = state.withLock { state in
      state.isCancelled = true
      return state.run.ending()
    }
    wait?.wait()
    list.remove(self)
    observe(descriptor, .cancelled)
  }

  /// Runs the handler if the descriptor is ready and the registration still enabled.
  func handle(_ readiness: Readiness) -> Bool {
    guard begin(readiness) else { return false }
    handler()
    for waiter in end() { waiter.signal() }
    return true
  }

  private func begin(_ readiness: Readiness) -> Bool {
    state.withLock { state in
      guard state.isEnabled, !state.isCancelled, !state.run.isUnderWay else { return false }
      let isHangUp = readiness.contains(.hangUp) && !state.hangUpTold
      guard readiness.contains(.readable) || state.isPending || isHangUp else { return false }
      if readiness.contains(.hangUp) { state.hangUpTold = true }
      state.run.begin()
      return true
    }
  }

  private func end() -> [DispatchSemaphore] {
    state.withLock { $0.run.end() }
  }
}
