/// One slot of a ring: which buffer, how much of it, and how it goes on.
///
/// In memory 16 bytes: the index at 0 (32 bits), the length at 4 and the flags at 6 (16 bits each),
/// the pointer at 8 (64 bits), in the machine's byte order. The first eight bytes are read and
/// written as one word, so that nobody sees one field of before and one of after.
///
/// Source: netmap.h, `struct netmap_slot`.
public struct NetmapSlot: Equatable, Sendable {
  /// The number of bytes in memory.
  public static let size = 16

  /// The index of the buffer.
  public var bufferIndex: UInt32
  /// The number of bytes in the buffer.
  public var length: UInt16
  /// The flags.
  public var flags: NetmapSlotFlags

  /// Creates a slot's contents.
  @inlinable
  public init(bufferIndex: UInt32, length: UInt16, flags: NetmapSlotFlags = []) {
    self.bufferIndex = bufferIndex
    self.length = length
    self.flags = flags
  }

  /// The contents that the first eight bytes hold.
  @inlinable
  public init(word: UInt64) {
    #if _endian(little)
      bufferIndex = UInt32(truncatingIfNeeded: word)
      length = UInt16(truncatingIfNeeded: word &>> 32)
      flags = NetmapSlotFlags(rawValue: UInt16(truncatingIfNeeded: word &>> 48))
    #else
      bufferIndex = UInt32(truncatingIfNeeded: word &>> 32)
      length = UInt16(truncatingIfNeeded: word &>> 16)
      flags = NetmapSlotFlags(rawValue: UInt16(truncatingIfNeeded: word))
    #endif
  }

  /// The first eight bytes.
  @inlinable public var word: UInt64 {
    #if _endian(little)
      UInt64(bufferIndex) | UInt64(length) &<< 32 | UInt64(flags.rawValue) &<< 48
    #else
      UInt64(bufferIndex) &<< 32 | UInt64(length) &<< 16 | UInt64(flags.rawValue)
    #endif
  }

  /// Whether the frame goes on in the next slot.
  @inlinable public var hasMore: Bool { flags.contains(.moreFragments) }
}

/// The flags of a slot.
///
/// Source: netmap.h, `NS_*`.
public struct NetmapSlotFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt16
  /// Creates flags from their bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `NS_BUF_CHANGED`: the owner has put another buffer's index into the slot.
  public static let bufferChanged = NetmapSlotFlags(rawValue: 0x0001)
  /// `NS_REPORT`: the kernel is to say when the slot was sent.
  public static let report = NetmapSlotFlags(rawValue: 0x0002)
  /// `NS_FORWARD`: the frame goes on to the other side of the host.
  public static let forward = NetmapSlotFlags(rawValue: 0x0004)
  /// `NS_NO_LEARN`: the switch is not to learn the source address.
  public static let noLearn = NetmapSlotFlags(rawValue: 0x0008)
  /// `NS_INDIRECT`: the bytes are where the slot's pointer says.
  public static let indirect = NetmapSlotFlags(rawValue: 0x0010)
  /// `NS_MOREFRAG`: the frame goes on in the next slot.
  ///
  /// Computed, unlike the others: a stored one would be looked up by a call for each slot.
  @inlinable public static var moreFragments: NetmapSlotFlags { NetmapSlotFlags(rawValue: 0x0020) }
  /// `NS_TXMON`: a monitor is to see the frame as sent.
  public static let transmitMonitor = NetmapSlotFlags(rawValue: 0x0040)

  /// The high byte: the destination port when sending, the number of fragments when receiving.
  @inlinable public var highByte: UInt8 { UInt8(truncatingIfNeeded: rawValue &>> 8) }
}
