import NetBackend
import Synchronization

/// An event loop that the test turns by hand.
final class TestLoop: EventLoop {
  private let registrations = Mutex<[TestRegistration]>([])
  private let isReadable: @Sendable (Int32) -> Bool
  private let refusal: BackendError?
  private let observe: @Sendable (TestRegistration.Event, Int32) -> Void

  init(
    refusal: BackendError? = nil,
    observe: @escaping @Sendable (TestRegistration.Event, Int32) -> Void = { _, _ in },
    isReadable: @escaping @Sendable (Int32) -> Bool
  ) {
    self.isReadable = isReadable
    self.refusal = refusal
    self.observe = observe
  }

  func watch(
    _ descriptor: Int32,
    onReadable: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventRegistration {
    if let refusal { throw refusal }
    let registration = TestRegistration(descriptor, handler: onReadable, observe: observe)
    observe(.watched, descriptor)
    registrations.withLock { $0.append(registration) }
    return registration
  }

  /// Runs the handlers of all registrations that are ready; returns how many ran.
  @discardableResult
  func turn() -> Int {
    registrations.withLock { $0 }.count { registration in
      registration.run(isReadable: isReadable(registration.descriptor))
    }
  }
}

/// One descriptor that a ``TestLoop`` watches.
final class TestRegistration: EventRegistration {
  enum Event: Sendable { case watched, enabled, disabled, cancelled }

  private struct State {
    var isEnabled = false
    var isPending = false
    var isCancelled = false
  }

  let descriptor: Int32
  private let handler: @Sendable () -> Void
  private let observe: @Sendable (Event, Int32) -> Void
  private let state = Mutex(State())

  init(
    _ descriptor: Int32,
    handler: @escaping @Sendable () -> Void,
    observe: @escaping @Sendable (Event, Int32) -> Void
  ) {
    self.descriptor = descriptor
    self.handler = handler
    self.observe = observe
  }

  func enable() { change(.enabled) { $0.isEnabled = true } }

  func disable() { change(.disabled) { $0.isEnabled = false } }

  func setPending(_ pending: Bool) { state.withLock { $0.isPending = pending } }

  func cancel() { change(.cancelled) { $0.isCancelled = true } }

  func run(isReadable: Bool) -> Bool {
    let isReady = state.withLock {
      $0.isEnabled && !$0.isCancelled && (isReadable || $0.isPending)
    }
    if isReady { handler() }
    return isReady
  }

  private func change(_ event: Event, _ body: (inout State) -> Void) {
    state.withLock { body(&$0) }
    observe(event, descriptor)
  }
}
