/// Where a backend registers its descriptor and learns that it became readable.
///
/// Readiness is a level: as long as the descriptor is readable and the registration is enabled, each
/// turn of the loop runs the handler once.
public protocol EventLoop: AnyObject, Sendable {
  /// Watches a descriptor for reading; the registration starts disabled.
  ///
  /// - Throws: ``BackendError`` if the descriptor cannot be watched. Nothing is registered then.
  func watch(
    _ descriptor: Int32,
    onReadable: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventRegistration
}

/// One watched descriptor.
public protocol EventRegistration: AnyObject, Sendable {
  /// Lets the handler run.
  func enable()

  /// Keeps the handler from running; none begins after this has returned, whichever thread asked.
  func disable()

  /// Says that data is waiting although the descriptor itself is not readable, or no longer is.
  ///
  /// While pending, the registration counts as readable.
  func setPending(_ pending: Bool)

  /// Ends the registration, after a handler that is running on another thread has ended.
  func cancel()
}
