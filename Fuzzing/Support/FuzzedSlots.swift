import Glibc
import RingMemory
import XenNetif

/// Slots of a ring as libFuzzer's bytes say.
///
/// Byte 0 chooses the policy that they are looked at with, bytes 1 to 4 are the index of the first slot,
/// little-endian, bytes 5 and 6 their number; the others lie in the ring's page from its first slot on,
/// and zeros behind them.
struct FuzzedSlots {
  /// The index of the first slot.
  let first: UInt32
  /// The number of slots, which may be more than a ring has.
  let count: UInt32
  /// What is made of chains where the protocol leaves it open.
  let policy: ChainPolicy
  /// The bytes of the slots; there are no more in any ring.
  let bytes: UnsafeRawBufferPointer

  /// The bytes in front of the slots.
  private static let headLength = 7
  private static let mostBytes = RingGeometry.transmit.usedSize - RingGeometry.headerSize

  /// Reads an input; `nil` if it is too short.
  init?(_ input: UnsafeRawBufferPointer) {
    guard input.count >= Self.headLength else { return nil }
    first = UInt32(littleEndian: input.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
    count = UInt32(UInt16(littleEndian: input.loadUnaligned(fromByteOffset: 5, as: UInt16.self)))
    policy = Self.policy(input)
    bytes = UnsafeRawBufferPointer(
      rebasing: input.dropFirst(Self.headLength).prefix(Self.mostBytes)
    )
  }

  /// A preset, or one of bytes.
  private static func policy(_ input: UnsafeRawBufferPointer) -> ChainPolicy {
    let choice = input[0]
    switch choice {
    case 0: return .linux
    case 1: return .freeBSD
    case 2: return .strict
    default: break
    }
    let (middle, last) = (input[input.count / 2], input[input.count - 1])
    return ChainPolicy(
      dataSlotLimit: Int(Int8(bitPattern: last)) * 4,
      fatalDataSlotCount: choice % 2 == 0 ? nil : Int(Int8(bitPattern: middle)) * 4,
      leastFirstFragment: UInt16(choice),
      shortChain: consequence(choice % 3),
      violation: consequence(choice / 3 % 3),
      lastKnownExtra: ExtraType(rawValue: last),
      refusesRepeatedExtras: choice & 0x40 != 0
    )
  }

  private static func consequence(_ choice: UInt8) -> ChainPolicy.Consequence {
    switch choice {
    case 0: .wait
    case 1: .error
    default: .fatal
    }
  }
}

/// A ring's page that is used for one input after the other: having one made for each takes longer than
/// a look through its slots.
struct FuzzedPage {
  private let page = RingPage(.transmit)
  private var usedCount = 0

  /// The slots of an input, in the page until the next one.
  mutating func slots(_ input: FuzzedSlots) -> PublishedSlots {
    let start = page.ring.slot(0)
    if let bytes = input.bytes.baseAddress { memcpy(start, bytes, input.bytes.count) }
    if usedCount > input.bytes.count {
      memset(start + input.bytes.count, 0, usedCount - input.bytes.count)
    }
    usedCount = input.bytes.count
    return PublishedSlots(page.ring, from: input.first, count: input.count)
  }
}
