public import Synchronization

/// What changes while a netmap backend is open, apart from its rings.
@usableFromInline
struct NetmapState: ~Copyable, Sendable {
  @usableFromInline let isClosed = Atomic(false)
  @usableFromInline let headerLength = Atomic(0)
  /// The number of the ring to receive from next.
  @usableFromInline let ring = Atomic(0)
  let counters = NetmapCounters()

  init() {}
}

/// What a ring can take of one frame.
@usableFromInline
struct NetmapLimits: Sendable {
  /// The most bytes that go into one slot: its buffer's, or what its length can say.
  @usableFromInline let slotLength: Int
  /// The longest frame in bytes.
  @usableFromInline let frameLength: Int

  /// A chain is never longer.
  ///
  /// Source: netmap.h, `NETMAP_MAX_FRAGS`.
  static let fragments = 64

  init(_ ring: NetmapRing) {
    slotLength = min(ring.bufferSize, Int(UInt16.max))
    frameLength = min(Self.fragments, Int(ring.slotCount) - 1) * slotLength
  }
}
