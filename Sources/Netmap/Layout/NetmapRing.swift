public import RingMemory

/// A view of one ring in shared memory.
///
/// Between ``head`` and ``tail`` the slots are the program's, the others the kernel's; one slot is
/// always the kernel's, so that a full ring and an empty one differ. The view holds addresses: it is
/// valid as long as the memory it was made from.
///
/// Source: netmap.h, `struct netmap_ring`; netmap(4).
///
/// Sendable is unchecked: addresses that never change; what lies there belongs to one side at a time, and
/// head and tail, which tell whose it is, are atomic.
@safe public struct NetmapRing: @unchecked Sendable {
  /// The positions of its slots.
  public let indices: RingIndices
  /// The length of a buffer in bytes.
  public let bufferSize: Int
  /// The number of buffers from the first one on that lie wholly in the memory.
  public let bufferCount: UInt32
  /// The number of those that are the program's.
  @usableFromInline let usableBuffers: UInt32
  @usableFromInline let base: UnsafeMutableRawPointer
  @usableFromInline let buffers: UnsafeMutableRawPointer

  /// Looks at the ring that begins `offset` bytes into the memory.
  ///
  /// - Throws: ``NetmapLayoutError`` if there cannot be a ring of that kind.
  public init(_ memory: SharedMemory, at offset: Int) throws(NetmapLayoutError) {
    let fields = try NetmapRingFields(memory, at: offset)
    indices = RingIndices(count: fields.slotCount)
    bufferSize = Int(fields.bufferSize)
    bufferCount = fields.bufferCount
    usableBuffers = bufferCount - min(bufferCount, 2)
    unsafe base = memory.base + offset
    unsafe buffers = memory.base + offset + fields.bufferOffset
  }

  /// The number of slots.
  @inlinable public var slotCount: UInt32 { indices.count }

  /// The first slot that is the program's; only the program moves it.
  @inlinable public var head: UInt32 {
    get { word(20).load() }
    nonmutating set { word(20).store(newValue) }
  }

  /// How far the program has looked; only the program moves it.
  @inlinable public var current: UInt32 {
    get { word(24).load() }
    nonmutating set { word(24).store(newValue) }
  }

  /// The first slot that is the kernel's; only the kernel moves it.
  @inlinable public var tail: UInt32 {
    get { word(28).load() }
    nonmutating set { word(28).store(newValue) }
  }

  /// The slot at a position, which must be one of the ring's.
  @inlinable public subscript(position: UInt32) -> NetmapSlot {
    get { NetmapSlot(word: slotWord(position).load()) }
    nonmutating set { slotWord(position).store(newValue.word) }
  }

  /// The first eight bytes of the slot at a position.
  @inlinable public func slotWord(_ position: UInt32) -> SharedWord64 {
    unsafe SharedWord64(unsafeAddress: base + 256 + Int(position) &* 16)
  }

  /// The last eight bytes of the slot at a position: the pointer of an indirect slot.
  @inlinable public func slotPointer(_ position: UInt32) -> SharedWord64 {
    unsafe SharedWord64(unsafeAddress: base + 256 + Int(position) &* 16 + 8)
  }

  /// Whether a buffer of that index may be used: 0 and 1 are the kernel's, and none lies outside.
  @inlinable public func hasBuffer(_ index: UInt32) -> Bool {
    // Those below 2 become the largest numbers, and are too large.
    index &- 2 < usableBuffers
  }

  /// The buffer of an index for which ``hasBuffer(_:)`` holds.
  @inlinable public func buffer(_ index: UInt32) -> UnsafeMutableRawPointer {
    unsafe buffers + Int(index) &* bufferSize
  }

  /// Gives the slots up to a position to the kernel.
  @inlinable public func release(to position: UInt32) {
    current = position
    head = position
  }

  @inlinable func word(_ offset: Int) -> SharedWord32 {
    unsafe SharedWord32(unsafeAddress: base + offset)
  }
}

extension NetmapRing {
  /// The mask of the bits of a slot's pointer that hold an offset into its buffer; 0 without offsets.
  public var offsetMask: UInt64 {
    unsafe SharedWord64(unsafeAddress: base + NetmapLayout.Ring.offsetMask).load()
  }

  /// The number of the ring among those of its interface and direction.
  public var identifier: UInt16 {
    unsafe (base + NetmapLayout.Ring.ringID).load(as: UInt16.self)
  }

  /// Whether the ring is one to send from.
  public var isTransmit: Bool {
    unsafe (base + NetmapLayout.Ring.direction).load(as: UInt16.self)
      == NetmapLayout.Ring.transmit
  }
}
