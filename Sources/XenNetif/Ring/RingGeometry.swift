/// How large the slots of a ring are, and how many of them fit the page behind its header.
///
/// A slot holds a request or a response, so it is as large as the larger of the two; their number is
/// the largest power of two that fits.
///
/// Source: Xen `io/ring.h`, `__RING_SIZE`.
public struct RingGeometry: Hashable, Sendable {
  /// The number of bytes in a ring's page, whatever the size of the machine's own.
  @inlinable public static var pageSize: Int { 4096 }
  /// The number of bytes in front of the first slot.
  @inlinable public static var headerSize: Int { 64 }

  // Short, so that a view of a ring is passed in registers.
  @usableFromInline let shortSlotSize: UInt16
  @usableFromInline let shortResponseSize: UInt16
  @usableFromInline let shortSlotCount: UInt16

  /// A ring's slots by the sizes in bytes of what lies in them.
  init(requestSize: Int, responseSize: Int) {
    let slotSize = max(requestSize, responseSize)
    let room = (Self.pageSize - Self.headerSize) / slotSize
    shortSlotSize = UInt16(slotSize)
    shortResponseSize = UInt16(responseSize)
    shortSlotCount = 1 << UInt16(Int.bitWidth - 1 - room.leadingZeroBitCount)
  }

  /// The number of bytes from one slot to the next.
  @inlinable public var slotSize: Int { Int(shortSlotSize) }
  /// The number of bytes of a slot that a response takes.
  @inlinable public var responseSize: Int { Int(shortResponseSize) }
  /// The number of slots; a power of two.
  @inlinable public var slotCount: Int { Int(shortSlotCount) }

  /// The ring of packets from the frontend: 256 slots of 12 bytes.
  public static let transmit = RingGeometry(
    requestSize: TransmitRequest.size,
    responseSize: TransmitResponse.size
  )
  /// The ring of packets to the frontend: 256 slots of 8 bytes.
  public static let receive = RingGeometry(
    requestSize: ReceiveRequest.size,
    responseSize: ReceiveResponse.size
  )
  /// The ring of requests about hashing: 128 slots of 16 bytes.
  public static let control = RingGeometry(
    requestSize: ControlRequest.size,
    responseSize: ControlResponse.size
  )

  /// The position in the ring of an index, which counts on for ever and wraps at 2^32.
  @inlinable public func position(of index: UInt32) -> Int {
    Int(index) & (slotCount &- 1)
  }

  /// The first byte in the page of the slot of an index.
  @inlinable public func offset(of index: UInt32) -> Int {
    Self.headerSize &+ position(of: index) &* slotSize
  }

  /// The number of bytes at the page's beginning that header and slots take; nobody uses the others.
  public var usedSize: Int { Self.headerSize + slotCount * slotSize }
}
