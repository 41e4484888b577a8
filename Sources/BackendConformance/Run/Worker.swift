internal import Dispatch
internal import Foundation
internal import Synchronization

/// A thread that plays scripts, and that is given up when one does not return.
final class Worker: Sendable {
  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let available = DispatchSemaphore(value: 0)
  private let isEnding = Atomic<Bool>(false)

  init() {
    Thread.detachNewThread { [self] in work() }
  }

  /// Runs `job` on the thread and waits for it.
  ///
  /// - Parameter isOverdue: Is asked now and then, with how late the machine woke this thread; the
  ///   job is given up when it says so.
  /// - Returns: Whether the job returned.
  func run(_ job: @escaping @Sendable () -> Void, isOverdue: (inout Lateness) -> Bool) -> Bool {
    let done = DispatchSemaphore(value: 0)
    jobs.withLock {
      $0.append {
        job()
        done.signal()
      }
    }
    available.signal()
    var lateness = Lateness()
    while true {
      let result = lateness.measure(milliseconds: 50) {
        done.wait(timeout: .now() + .milliseconds(50))
      }
      if result == .success { return true }
      if isOverdue(&lateness) { return false }
    }
  }

  /// Ends the thread once the job it runs has returned, if it ever does.
  func end() {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    available.signal()
  }

  private func work() {
    while true {
      available.wait()
      if isEnding.load(ordering: .sequentiallyConsistent) { return }
      jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }?()
    }
  }
}
