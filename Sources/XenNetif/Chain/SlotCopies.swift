internal import Synchronization

/// Private copies of slots of the transmit ring, in which nobody else writes.
@safe struct SlotCopies {
  static let slotSize = TransmitRequest.size
  static let capacity = 256
  let memory: UnsafeMutableRawPointer

  init() {
    let size = Self.slotSize * Self.capacity
    unsafe memory = .allocate(byteCount: size, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
  }

  /// Gives the memory back; nothing may be looked at afterwards.
  func deallocate() { unsafe memory.deallocate() }

  /// The request in a slot.
  @inline(__always)
  func request(_ position: Int) -> TransmitRequest {
    unsafe TransmitRequest(memory + (position & (Self.capacity &- 1)) &* Self.slotSize)
  }

  /// The extra in a slot.
  @inline(__always)
  func extra(_ position: Int) -> ExtraInfo {
    unsafe ExtraInfo(memory + (position & (Self.capacity &- 1)) &* Self.slotSize)
  }

  /// Copies the slot at a position of those published: three words, each read exactly once.
  @inline(__always)
  func copy(_ slots: PublishedSlots, to position: Int) {
    let slot = (Int(slots.first) &+ position) & (Self.capacity &- 1)
    let from = unsafe slots.ring.page + (RingGeometry.headerSize &+ slot &* Self.slotSize)
    let to = unsafe memory + (position & (Self.capacity &- 1)) &* Self.slotSize
    let words = unsafe from.assumingMemoryBound(to: Atomic<UInt32>.self)
    for word in 0..<3 {
      let value = unsafe words[word].load(ordering: .relaxed)
      unsafe to.storeBytes(of: value, toByteOffset: word &* 4, as: UInt32.self)
    }
  }
}
