import Testing
import XenNetif

/// Slots of a transmit ring, written down in short.
struct ChainSlots {
  private(set) var slots: [[UInt8]] = []

  /// Slots with data: one after the other, each but the last saying that there is more.
  ///
  /// - Parameters:
  ///   - sizes: What the requests say, the whole packet in the first.
  ///   - offsets: The offset of a slot, if it is not 0.
  ///   - flags: What the first one's flags have besides.
  static func chain(
    _ sizes: [UInt16],
    offsets: [Int: UInt16] = [:],
    flags: UInt16 = 0,
    extras: [ExtraInfo] = []
  ) -> ChainSlots {
    var chain = ChainSlots()
    for (position, size) in sizes.enumerated() {
      var bits: UInt16 = position + 1 < sizes.count ? 4 : 0
      if position == 0 { bits |= flags | (extras.isEmpty ? 0 : 8) }
      chain = chain.data(size, at: offsets[position] ?? 0, flags: bits, id: UInt16(position + 1))
      if position == 0 { for extra in extras { chain = chain.extra(extra) } }
    }
    return chain
  }

  /// One more slot with data, from the page whose grant is its identifier and 0x100.
  func data(_ size: UInt16, at offset: UInt16 = 0, flags: UInt16 = 0, id: UInt16 = 0) -> ChainSlots
  {
    var chain = self
    let request = TransmitRequest(
      grant: GrantReference(rawValue: 0x100 + UInt32(id)),
      offset: offset,
      flags: TransmitFlags(rawValue: flags),
      id: id,
      size: size
    )
    chain.slots.append(request.bytes)
    return chain
  }

  /// One more extra slot, with something in the four bytes that mean nothing.
  func extra(_ extra: ExtraInfo) -> ChainSlots {
    var chain = self
    chain.slots.append(extra.bytes + [0xDE, 0xAD, 0xBE, 0xEF])
    return chain
  }

  /// A whole packet of 64 bytes behind these slots.
  var thenGood: ChainSlots { data(64, id: 0x99) }

  /// The chains that a backend finds in these slots, the first of which has an index.
  func chains(_ policy: ChainPolicy, from first: UInt32 = 0) -> [ReadChain] {
    let page = RingPage(.transmit)
    for (position, slot) in slots.enumerated() {
      page.ring.setValue(TransmitRequest(bytes: slot), at: first &+ UInt32(position))
    }
    return page.chains(from: first, count: UInt32(slots.count), policy)
  }

  /// What a backend makes of the first chain in these slots.
  func outcome(_ policy: ChainPolicy) -> Result<TransmitChain, ChainRefusal>? {
    chains(policy).first?.outcome
  }
}

extension ExtraInfo {
  /// A segmentation of TCP over IPv4 into segments of a size.
  static func segments(_ size: UInt16, type: UInt8 = 1, more: Bool = false) -> ExtraInfo {
    SegmentationExtra(size: size, type: SegmentationType(rawValue: type)).extra(hasMore: more)
  }

  /// An extra of a type, with nothing in it.
  static func empty(_ type: UInt8, flags: UInt8 = 0) -> ExtraInfo {
    ExtraInfo(type: ExtraType(rawValue: type), flags: flags)
  }
}

/// A size so many times.
func repeated(_ size: UInt16, _ count: Int) -> [UInt16] { [UInt16](repeating: size, count: count) }
