import CLinux
import Dispatch
import Foundation
import Synchronization

/// A network namespace that the caller's work has for itself; it is gone when the work has ended.
enum PrivateNetwork {
  /// Whether this process may make one, and open taps in it.
  static let isPermitted = unsafe geteuid() == 0 && access("/dev/net/tun", R_OK | W_OK) == 0

  /// Runs `body` on a thread in a namespace of its own; threads that it starts are in it as well.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
    let box = ResultBox<Value>()
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      let result = Result {
        guard clinux_enter_private_network(0) == 0 else { throw Refused() }
        return try body()
      }
      box.value.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    return try box.value.withLock { try ($0 ?? .failure(Refused())).get() }
  }

  struct Refused: Error {}

  private final class ResultBox<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, any Error>?>(nil)
  }
}
