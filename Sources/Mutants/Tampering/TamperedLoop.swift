internal import NetBackend
internal import Synchronization

/// An event loop whose registrations end in a wrong way.
final class TamperedLoop: EventLoop {
  /// Ends a registration.
  typealias Cancel = @Sendable (any EventRegistration) -> Void

  private let base: any EventLoop
  private let cancel: Cancel
  private let cancelLate: Bool

  /// Creates a loop whose registrations are cancelled by `cancel`.
  ///
  /// - Parameter late: Whether they are also cancelled when nobody refers to them any longer.
  init(_ base: any EventLoop, late: Bool = false, cancel: @escaping Cancel) {
    self.base = base
    self.cancel = cancel
    cancelLate = late
  }

  func watch(
    _ descriptor: Int32,
    onReadable: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventRegistration {
    let registration = try base.watch(descriptor, onReadable: onReadable)
    return TamperedRegistration(registration, late: cancelLate, cancel: cancel)
  }

  var now: UInt64 { base.now }

  func schedule(
    at deadline: UInt64,
    _ handler: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventTimer { try base.schedule(at: deadline, handler) }
}

/// A registration that ends in a wrong way.
private final class TamperedRegistration: EventRegistration {
  private let base: any EventRegistration
  private let late: Bool
  private let onCancel: TamperedLoop.Cancel

  init(_ base: any EventRegistration, late: Bool, cancel: @escaping TamperedLoop.Cancel) {
    self.base = base
    self.late = late
    onCancel = cancel
  }

  deinit { if late { base.cancel() } }

  func enable() { base.enable() }
  func disable() { base.disable() }
  func setPending(_ pending: Bool) { base.setPending(pending) }
  func cancel() { onCancel(base) }
}
