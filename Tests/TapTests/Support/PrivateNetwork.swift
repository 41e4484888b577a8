import Foundation
import Synchronization

/// A network namespace of a test's own, entered by a thread of its own.
enum PrivateNetwork {
  /// Why a test that needs one does not run.
  static let reason = "Making a network namespace and a tap needs CAP_NET_ADMIN."

  private static let found = Atomic(false)

  /// Whether this process may make one.
  static let isAvailable: Bool = {
    let done = DispatchSemaphore(value: 0)
    Thread {
      found.store((try? NetworkThread.enterNamespace()) != nil, ordering: .releasing)
      done.signal()
    }.start()
    done.wait()
    return found.load(ordering: .acquiring)
  }()

  /// Runs `body` on a thread in a new namespace, as part of the calling test.
  static func run<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    let thread = NetworkThread()
    thread.start()
    defer { thread.stop() }
    return try await withTaskExecutorPreference(thread) {
      try NetworkThread.enterNamespace()
      return try body()
    }
  }
}
