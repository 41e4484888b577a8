// Public, as all in this module that calls pass through: other modules inline nothing less.
public import CLinux
public import Synchronization

/// One direction of a gate: the value its calls use, and the mark that one is under way.
///
/// Both lie in memory of their own, away from the other direction's, so that two threads do not write
/// to one cache line. The address is kept as a number because a pointer cannot be sent to another
/// thread; the lane is the only owner, since it cannot be copied.
@usableFromInline
struct CallLane<Value: ~Copyable & Sendable>: ~Copyable, Sendable {
  /// Twice a cache line: processors fetch them in pairs.
  private static var alignment: Int { 128 }

  /// The mark comes first; the value follows at the first address that suits it.
  @inlinable static var valueOffset: Int { max(8, MemoryLayout<Value>.alignment) }

  @usableFromInline let address: UInt

  init(_ value: consuming Value) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Self.valueOffset + MemoryLayout<Value>.stride + Self.alignment,
      alignment: Self.alignment
    )
    address = UInt(bitPattern: memory)
    // The memory has room for both, and nothing else refers to it.
    unsafe mark.initialize(to: Atomic(false))
    unsafe self.value.initialize(to: value)
  }

  deinit {
    // Initialised in `init`, and nobody else knows the address.
    unsafe value.deinitialize(count: 1)
    unsafe mark.deinitialize(count: 1)
    unsafe UnsafeMutableRawPointer(mark).deallocate()
  }

  /// Whether a call is under way; what it did is seen by whoever is told that none is.
  var isBusy: Bool { unsafe mark.pointee.load(ordering: .acquiring) }

  /// Runs a call, unless the gate has been closed.
  @inlinable
  @inline(__always)
  func pass<Result: ~Copyable, Failure: Error>(
    _ latch: borrowing GateLatch,
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    unsafe mark.pointee.store(true, ordering: .relaxed)
    clinux_compiler_barrier()
    guard unsafe latch.isWideOpen || latch.admit(mark.pointee) else { return nil }
    defer { unsafe mark.pointee.store(false, ordering: .releasing) }
    // The mark keeps away who wants both values, and the caller keeps away the same direction.
    let value = unsafe value
    return try unsafe body(&value.pointee)
  }

  /// Begins a call if the gate is wide open.
  @inlinable
  @inline(__always)
  func passAtOnce(_ latch: borrowing GateLatch) -> CallPassage<Value>? {
    unsafe mark.pointee.store(true, ordering: .relaxed)
    clinux_compiler_barrier()
    let passage = CallPassage<Value>(laneAt: address)
    guard latch.isWideOpen else { return nil }
    return passage
  }
}

// Where they lie; an address of an allocation is never zero.
extension CallLane where Value: ~Copyable {
  /// The mark that a call is under way; valid as long as the lane.
  @inlinable var mark: UnsafeMutablePointer<Atomic<Bool>> {
    @inline(__always) get { unsafe Self.mark(at: address) }
  }

  /// The value; valid as long as the lane.
  @inlinable var value: UnsafeMutablePointer<Value> {
    @inline(__always) get { unsafe Self.value(at: address) }
  }

  /// The mark of the lane at an address.
  @inlinable
  @inline(__always)
  static func mark(at address: UInt) -> UnsafeMutablePointer<Atomic<Bool>> {
    unsafe UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
  }

  /// The value of the lane at an address.
  @inlinable
  @inline(__always)
  static func value(at address: UInt) -> UnsafeMutablePointer<Value> {
    let start = address &+ UInt(bitPattern: valueOffset)
    return unsafe UnsafeMutablePointer(bitPattern: start).unsafelyUnwrapped
  }
}
