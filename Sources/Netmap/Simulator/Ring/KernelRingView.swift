internal import RingMemory

/// A ring as the kernel sees it: any number of slots, and a buffer for every index.
///
/// Invariant: `base` is the first of 256 bytes and `slotCount` slots, `buffers` the first of
/// `bufferCount` buffers, all of them in memory that the owner of the view keeps mapped. Positions
/// that are passed in are below `slotCount`; whoever takes one from the program checks it.
@safe struct KernelRingView {
  let base: UnsafeMutableRawPointer
  let buffers: UnsafeMutableRawPointer
  /// The end of the memory.
  let memoryEnd: UnsafeMutableRawPointer
  let bufferSize: Int
  let bufferCount: UInt32
  let indices: RingIndices

  init(_ memory: KernelMemory, at offset: Int, slots: UInt32) {
    unsafe base = memory.shared.base + offset
    unsafe buffers = memory.shared.base + memory.region.bufferOffset
    unsafe memoryEnd = memory.shared.base + memory.region.size
    bufferSize = memory.region.geometry.bufferSize
    bufferCount = UInt32(memory.region.bufferCount)
    indices = RingIndices(count: slots)
  }

  var slotCount: UInt32 { indices.count }

  var head: UInt32 {
    get { word(NetmapLayout.Ring.head).load() }
    nonmutating set { word(NetmapLayout.Ring.head).store(newValue) }
  }

  var current: UInt32 {
    get { word(NetmapLayout.Ring.current).load() }
    nonmutating set { word(NetmapLayout.Ring.current).store(newValue) }
  }

  var tail: UInt32 {
    get { word(NetmapLayout.Ring.tail).load() }
    nonmutating set { word(NetmapLayout.Ring.tail).store(newValue) }
  }

  /// The most bytes of one slot, whose length has 16 bits.
  var longestSlot: Int { min(bufferSize, Int(UInt16.max)) }

  /// The position in front of another.
  func previous(_ position: UInt32) -> UInt32 { position == 0 ? slotCount &- 1 : position &- 1 }

  subscript(position: UInt32) -> NetmapSlot {
    get { NetmapSlot(word: slotWord(position).load()) }
    nonmutating set { slotWord(position).store(newValue.word) }
  }

  func slotWord(_ position: UInt32) -> SharedWord64 {
    unsafe SharedWord64(unsafeAddress: base + NetmapLayout.Ring.slots + Int(position) &* 16)
  }

  /// The pointer of an indirect slot.
  func slotPointer(_ position: UInt32) -> SharedWord64 {
    unsafe SharedWord64(unsafeAddress: base + NetmapLayout.Ring.slots + 8 + Int(position) &* 16)
  }

  /// The buffer of an index; buffer 0 stands in for those that there are not.
  func buffer(_ index: UInt32) -> UnsafeMutableRawPointer {
    unsafe index < bufferCount ? buffers + Int(index) &* bufferSize : buffers
  }

  private func word(_ offset: Int) -> SharedWord32 {
    unsafe SharedWord32(unsafeAddress: base + offset)
  }
}

extension KernelRingView {
  /// Writes the fields of a new ring.
  func writeFields(number: Int, isTransmit: Bool) {
    typealias Ring = NetmapLayout.Ring
    clear()
    let direction: UInt16 = isTransmit ? Ring.transmit : 0
    unsafe base.storeBytes(of: Int64(buffers - base), as: Int64.self)
    word(Ring.slotCount).store(slotCount)
    word(Ring.bufferSize).store(UInt32(bufferSize))
    unsafe base.storeBytes(of: UInt16(number), toByteOffset: Ring.ringID, as: UInt16.self)
    unsafe base.storeBytes(of: direction, toByteOffset: Ring.direction, as: UInt16.self)
    tail = isTransmit ? slotCount - 1 : 0
  }

  /// Fills fields and slots with zeros.
  func clear() {
    let count = NetmapLayout.Ring.slots + Int(slotCount) * NetmapSlot.size
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }
}
