import CLinux
import Foundation
import Synchronization

/// A thread that runs the parts of tasks, so that what they do to the thread stays theirs.
final class NetworkThread: TaskExecutor {
  private let jobs = Mutex<[UnownedJob?]>([])
  private let waiting = DispatchSemaphore(value: 0)

  func start() { Thread { self.runAll() }.start() }

  /// Ends the thread after the jobs it has.
  func stop() { add(nil) }

  func enqueue(_ job: consuming ExecutorJob) { add(UnownedJob(job)) }

  private func add(_ job: UnownedJob?) {
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }

  private func runAll() {
    while true {
      waiting.wait()
      guard let job = jobs.withLock({ $0.removeFirst() }) else { return }
      // The job was handed over to be run once, here.
      unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  /// Moves the calling thread into a new namespace in which a tap can be made.
  static func enterNamespace() throws {
    let entry = clinux_enter_private_network(0)
    guard entry == 0 else { throw Unavailable(errno: -entry) }
    let control = clinux_tun_open()
    guard control >= 0 else { throw Unavailable(errno: -control) }
    _ = clinux_close(control)
    _ = unsafe clinux_disable_ipv6("all")
    _ = unsafe clinux_disable_ipv6("default")
  }

  /// Why no namespace could be made.
  struct Unavailable: Error { var errno: Int32 }
}
