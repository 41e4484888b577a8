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
  /// The calls that bring a barrier of their own before the gate is thrown wide open, if it ever is.
  private let ownBarriers: Int?
  private let calls = Atomic<Int>(0)
  private let turn = Mutex(())

  /// Creates the latch of an open gate, which counts on the kernel's barrier, if there is one, after
  /// that many calls.
  init(usingBarrierAfter calls: Int?) {
    ownBarriers = Self.isBarrierKnown ? calls : nil
    state = Atomic((ownBarriers == 0 ? State.wideOpen : .open).rawValue)
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
      if seen < State.shut.rawValue {
        if seen == State.open.rawValue { countCall() }
        return true
      }
      mark.store(false, ordering: .releasing)
      if seen == State.closed.rawValue { return false }
      turn.withLock { (_) in }
      mark.store(true, ordering: .relaxed)
    }
  }

  /// Counts a call with a barrier of its own; after the last of them the gate is wide open for good.
  private func countCall() {
    guard let ownBarriers,
      calls.wrappingAdd(1, ordering: .relaxed).newValue >= ownBarriers
    else { return }
    // One that has been shut meanwhile is left to the next call.
    _ = state.compareExchange(
      expected: State.open.rawValue,
      desired: State.wideOpen.rawValue,
      ordering: .acquiringAndReleasing
    )
  }

  /// Shuts the gate for as long as `body` takes, unless it has been closed.
  ///
  /// When `body` begins, every call that is still to pass has been marked.
  func whileShut<Result: ~Copyable, Failure: Error>(
    _ body: () throws(Failure) -> sending Result
  ) throws(Failure) -> Result? {
    try turn.withLock { (_) throws(Failure) -> sending Result? in
      guard !isClosed else { return nil }
      let before = state.exchange(State.shut.rawValue, ordering: .acquiringAndReleasing)
      defer { state.store(before, ordering: .releasing) }
      order(after: before)
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
    order(after: before)
    return true
  }

  /// Orders what this thread stored into the state before the marks that it reads from now on.
  ///
  /// - Parameter before: What the state was. No call went by without a barrier of its own unless that
  ///   was wide open, which it stays but for being shut.
  private func order(after before: UInt8) {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    guard before == State.wideOpen.rawValue else { return }
    // It fails only while the kernel is short of memory.
    while clinux_barrier() < 0 { sched_yield() }
  }
}
