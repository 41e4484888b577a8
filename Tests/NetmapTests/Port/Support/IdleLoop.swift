import NetBackend

/// An event loop that never finds anything.
final class IdleLoop: EventLoop {
  private final class Registration: EventRegistration {
    func enable() {}
    func disable() {}
    func setPending(_ pending: Bool) {}
    func cancel() {}
  }

  func watch(
    _ descriptor: Int32,
    onReadable: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventRegistration { Registration() }
}
