internal import Dispatch
internal import Glibc

/// Whether a handler is running, on which thread, and who waits for its end.
struct HandlerRun {
  private var thread: pthread_t?
  private var waiters: [DispatchSemaphore] = []

  /// Whether the handler has begun and not ended yet.
  var isUnderWay: Bool { thread != nil }

  /// The handler begins on this thread.
  mutating func begin() { thread = pthread_self() }

  /// The handler has ended; these are to be told.
  mutating func end() -> [DispatchSemaphore] {
    thread = nil
    defer { waiters = [] }
    return waiters
  }

  /// What to wait for until the handler has ended, unless it is not running or on this thread.
  mutating func ending() -> DispatchSemaphore? {
    guard let thread, pthread_equal(thread, pthread_self()) == 0 else { return nil }
    let semaphore = DispatchSemaphore(value: 0)
    waiters.append(semaphore)
    return semaphore
  }
}
