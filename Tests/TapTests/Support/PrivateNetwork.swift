import CLinux
import Foundation
import Synchronization

/// A network namespace of a test's own, entered by a thread of its own.
enum PrivateNetwork {
  /// Whether this process may make one.
  static let isAvailable: Bool = (try? run { true }) ?? false

  static let reason = "Making a network namespace and a tap needs CAP_NET_ADMIN."

  /// Runs `body` in a new namespace, and waits for it.
  static func run<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) throws -> Result {
    let box = Box<Swift.Result<Result, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      let result = Swift.Result { try entered(body) }
      box.outcome.withLock { $0 = result }
      done.signal()
    }
    thread.start()
    done.wait()
    guard let result = box.outcome.withLock({ $0 }) else { throw Unavailable(errno: 0) }
    return try result.get()
  }

  private static func entered<Result>(_ body: () throws -> Result) throws -> Result {
    let entry = clinux_enter_private_network(0)
    guard entry == 0 else { throw Unavailable(errno: -entry) }
    let control = clinux_tun_open()
    guard control >= 0 else { throw Unavailable(errno: -control) }
    _ = clinux_close(control)
    _ = unsafe clinux_disable_ipv6("all")
    _ = unsafe clinux_disable_ipv6("default")
    return try body()
  }

  /// Why no namespace could be made.
  struct Unavailable: Error { var errno: Int32 }

  private final class Box<Value: Sendable>: Sendable {
    let outcome: Mutex<Value>
    init(_ value: Value) { outcome = Mutex(value) }
  }
}
