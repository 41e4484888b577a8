internal import Netmap
internal import RingMemory

/// The slots that a frame is written into, one after the other.
///
/// Source: bhyve `net_backends.c`, lines 540-594.
@safe struct SlotWriter {
  private let ring: NetmapRing
  private(set) var position: UInt32
  private var buffer: UnsafeMutableRawPointer
  /// The bytes that are left in the buffer.
  private(set) var room: Int
  private var length = 0

  /// The buffer of the slot at `head`.
  init(_ ring: NetmapRing, from head: UInt32) throws(RingFault) {
    self.ring = ring
    position = head
    let slot = try ring.slot(head, line: 540)
    unsafe buffer = try ring.buffer(slot.bufferIndex, line: 540)
    room = ring.bufferSize
  }

  /// Copies bytes that fit the buffer.
  mutating func write(_ source: UnsafeRawPointer, _ count: Int) {
    unsafe buffer.copyMemory(from: source, byteCount: count)
    unsafe buffer += count
    room -= count
    length += count
  }

  /// Ends the slot, which is not the last one, and goes on in the next.
  ///
  /// - Returns: Whether there is a next one.
  mutating func advance() throws(RingFault) -> Bool {
    end(.moreFragments)
    guard position != ring.tail else { return false }
    let slot = try ring.slot(position, line: 582)
    unsafe buffer = try ring.buffer(slot.bufferIndex, line: 582)
    (room, length) = (ring.bufferSize, 0)
    return true
  }

  /// Ends the last slot and hands all of them to the kernel.
  mutating func publish() {
    end([])
    ring.current = position
    ring.head = position
  }

  private mutating func end(_ flags: NetmapSlotFlags) {
    var slot = ring[position]
    // 16 bits: of 65536 bytes in a buffer of that size 0 is left.
    slot.length = UInt16(truncatingIfNeeded: length)
    slot.flags = flags
    ring[position] = slot
    position = ring.indices.next(position)
  }
}
