internal import Synchronization

/// The lock of a hypervisor, and what lies in it.
///
/// A Mutex takes its slow path in a library that the thread sanitizer does not see into. The word that
/// each holder hands on to the next one tells it who came first.
struct HypervisorLock: ~Copyable, Sendable {
  private let state: Mutex<HypervisorState>
  private let order = Atomic(false)

  init(_ state: sending HypervisorState) { self.state = Mutex(state) }

  /// Calls `body` when nobody else is in it.
  borrowing func withLock<Result: Sendable, Failure: Error>(
    _ body: (inout HypervisorState) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.withLock { (state) throws(Failure) -> Result in
      _ = order.load(ordering: .acquiring)
      defer { order.store(true, ordering: .releasing) }
      return try body(&state)
    }
  }
}
