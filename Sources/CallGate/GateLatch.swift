internal import CLinux
internal import Glibc
public import Synchronization

/// The state of a gate, and the turn-taking of those who shut it.
@usableFromInline
struct GateLatch: ~Copyable, Sendable {
  /// What calls find.
  enum State: UInt8 {
    /// Calls may pass.
    case wideOpen
    /// Calls may pass, each with a barrier of its own.
    case open
    /// Calls have to wait.
    case shut
    /// No call passes any more.
    case closed
  }

  /// Whether the process can cause a barrier on all its threads, for which it is registered once.
  private static let isBarrierKnown = clinux_register_barrier() == 0

  @usableFromInline let state: Atomic<UInt8>
  private let usesBarrier: Bool
  private let turn = Mutex(())

  /// Creates the latch of an open gate, which uses the kernel's barrier if it can and is to.
  init(usingBarrier isWanted: Bool) {
    usesBarrier = isWanted && Self.isBarrierKnown
    state = Atomic((usesBarrier ? State.wideOpen : .open).rawValue)
  }

  /// Whether a call that has marked itself may pass without looking further.
  @inlinable var isWideOpen: Bool {
    @inline(__always) get { state.load(ordering: .acquiring) == 0 }
  }

  var isClosed: Bool { state.load(ordering: .acquiring) == State.closed.rawValue }

  /// Admits a call that has marked itself and found the gate not wide open, once it is open.
  ///
  /// - Returns: Whether the call may pass; if not, the gate has been closed and the mark is gone.
  @usableFromInline
  @inline(never)
  func admit(_ mark: borrowing Atomic<Bool>) -> Bool {
    while true {
      atomicMemoryFence(ordering: .sequentiallyConsistent)
      let seen = state.load(ordering: .acquiring)
      if seen < State.shut.rawValue { return true }
      mark.store(false, ordering: .releasing)
      if seen == State.closed.rawValue { return false }
      turn.withLock { (_) in }
      mark.store(true, ordering: .relaxed)
    }
  }

  /// Shuts the gate for as long as `body` takes, unless it has been closed.
  ///
  /// When `body` begins, every call that is still to pass has been marked.
  func whileShut<Result: ~Copyable, Failure: Error>(
    _ body: () throws(Failure) -> sending Result
  ) throws(Failure) -> Result? {
    try turn.withLock { (_) throws(Failure) -> sending Result? in
      let before = state.load(ordering: .acquiring)
      guard before != State.closed.rawValue else { return nil }
      state.store(State.shut.rawValue, ordering: .releasing)
      defer { state.store(before, ordering: .releasing) }
      order()
      return try body()
    }
  }

  /// Closes the gate, and says whether this was the first time.
  ///
  /// On return every call that is still to pass has been marked.
  func close() -> Bool {
    let before = turn.withLock { (_) in
      state.exchange(State.closed.rawValue, ordering: .acquiringAndReleasing)
    }
    guard before != State.closed.rawValue else { return false }
    order()
    return true
  }

  /// Orders what this thread stored into the state before the marks that it reads from now on.
  private func order() {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    // It fails only while the kernel is short of memory.
    while usesBarrier && clinux_barrier() < 0 { sched_yield() }
  }
}
