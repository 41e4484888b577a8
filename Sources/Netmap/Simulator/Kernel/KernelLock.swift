internal import Synchronization

/// The lock of a kernel, and what lies in it.
///
/// A Mutex takes its slow path in a library that the thread sanitizer does not see into. The word that
/// each holder hands on to the next one tells it who came first, so that it sees the races of backends
/// with the kernel, and none that there is not.
struct KernelLock: ~Copyable, Sendable {
  private let state: Mutex<KernelState>
  private let order = Atomic(false)

  init(_ state: sending KernelState) { self.state = Mutex(state) }

  /// Calls `body` when nobody else is in it.
  borrowing func withLock<Result: Sendable, Failure: Error>(
    _ body: (inout KernelState) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.withLock { (state) throws(Failure) -> Result in
      _ = order.load(ordering: .acquiring)
      defer { order.store(true, ordering: .releasing) }
      return try body(&state)
    }
  }
}
