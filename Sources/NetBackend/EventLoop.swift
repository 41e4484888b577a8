internal import Glibc

/// Where a backend registers its descriptor, learns that it became readable, and tells the time.
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

  /// The loop's clock: nanoseconds since some moment in the past; it never goes back.
  ///
  /// A backend that waits for time to pass reads this clock and no other: the loop of a simulator has
  /// one that only moves when it is told to.
  var now: UInt64 { get }

  /// Runs a handler once, on the loop's thread, when the clock has reached `deadline` nanoseconds.
  ///
  /// Handlers run in the order of their deadlines; one whose deadline has passed runs at the next
  /// turn. The loop keeps a timer until it has run or has been cancelled.
  ///
  /// - Throws: ``BackendError`` if the loop has no timers, or none left.
  ///
  /// Source: bhyve `mevent.c`, `EVF_TIMER`.
  @discardableResult
  func schedule(
    at deadline: UInt64,
    _ handler: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventTimer
}

extension EventLoop {
  /// The machine's monotonic clock, in nanoseconds.
  public var now: UInt64 {
    var time = timespec()
    // The call stores into a variable of this function, and fails for no clock that exists.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Fails: the loop has no timers.
  @discardableResult
  public func schedule(
    at deadline: UInt64,
    _ handler: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventTimer {
    throw BackendError(.unavailable, call: "schedule", subject: "\(type(of: self))")
  }
}

/// A handler that waits for its time.
public protocol EventTimer: AnyObject, Sendable {
  /// Ends the timer, after a handler that is running on another thread has ended.
  func cancel()
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
