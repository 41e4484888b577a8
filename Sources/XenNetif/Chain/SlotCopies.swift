internal import Synchronization

/// Private copies of slots of the transmit ring, in which nobody else writes.
@safe struct SlotCopies {
  static let slotSize = TransmitRequest.size
  static let capacity = 256
  private let memory: UnsafeMutableRawPointer

  init() {
    let size = Self.slotSize * Self.capacity
    unsafe memory = .allocate(byteCount: size, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
  }

  /// Gives the memory back; nothing may be looked at afterwards.
  func deallocate() { unsafe memory.deallocate() }

  /// The request in a slot.
  func request(_ position: Int) -> TransmitRequest { unsafe TransmitRequest(address(position)) }

  /// The extra in a slot.
  func extra(_ position: Int) -> ExtraInfo { unsafe ExtraInfo(address(position)) }

  /// Copies the slot at a position of those published: three words, each read exactly once.
  ///
  /// The position is less than their number, which is at most ``capacity``.
  @inline(__always)
  func take(_ position: UInt32, of slots: PublishedSlots) -> SlotWords {
    let slot = Int(slots.first &+ position) & (Self.capacity &- 1)
    let from = unsafe slots.ring.page + (RingGeometry.headerSize &+ slot &* Self.slotSize)
    let shared = unsafe from.assumingMemoryBound(to: Atomic<UInt32>.self)
    let first = unsafe shared[0].load(ordering: .relaxed)
    let second = unsafe shared[1].load(ordering: .relaxed)
    let third = unsafe shared[2].load(ordering: .relaxed)
    let to = unsafe memory + Int(position) &* Self.slotSize
    let copy = unsafe to.assumingMemoryBound(to: UInt32.self)
    unsafe copy[0] = first
    unsafe copy[1] = second
    unsafe copy[2] = third
    return SlotWords(first, second, third)
  }

  @inline(__always)
  private func address(_ position: Int) -> UnsafeMutableRawPointer {
    // Masked: no position of anybody leads out of the memory.
    unsafe memory + (position & (Self.capacity &- 1)) &* Self.slotSize
  }
}

/// The words of a slot that has been copied, and what they hold.
struct SlotWords {
  private let first: UInt32
  private let second: UInt32
  private let third: UInt32

  /// From the bytes as they lie in memory.
  @inline(__always)
  init(_ first: UInt32, _ second: UInt32, _ third: UInt32) {
    self.first = UInt32(littleEndian: first)
    self.second = UInt32(littleEndian: second)
    self.third = UInt32(littleEndian: third)
  }

  @inline(__always) var request: TransmitRequest {
    TransmitRequest(
      grant: GrantReference(rawValue: first),
      offset: UInt16(truncatingIfNeeded: second),
      flags: TransmitFlags(rawValue: UInt16(truncatingIfNeeded: second &>> 16)),
      id: UInt16(truncatingIfNeeded: third),
      size: UInt16(truncatingIfNeeded: third &>> 16)
    )
  }

  @inline(__always) var extra: ExtraInfo {
    ExtraInfo(
      type: ExtraType(rawValue: UInt8(truncatingIfNeeded: first)),
      flags: UInt8(truncatingIfNeeded: first &>> 8),
      payload: ExtraPayload(word: UInt64(second) &<< 16 | UInt64(first &>> 16))
    )
  }
}
