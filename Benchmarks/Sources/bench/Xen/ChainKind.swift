import XenNetif

/// Chains that fill a ring, one after the other.
struct ChainKind {
  /// What the figure is called.
  let name: String
  /// The policy that they are looked at with.
  let policy: ChainPolicy
  /// The slots of one of them.
  private let chain: [TransmitRequest]

  /// A packet of so many slots with data, of as many bytes each, with extras behind the first.
  init(
    _ name: String,
    dataSlots: Int,
    bytes: UInt16,
    extras: [ExtraInfo] = [],
    policy: ChainPolicy = .linux
  ) {
    self.name = name
    self.policy = policy
    let total = UInt16(dataSlots - 1) * bytes + max(bytes, 60)
    var flags: TransmitFlags = [.dataValidated]
    if dataSlots > 1 { flags.insert(.moreData) }
    if !extras.isEmpty { flags.insert(.extraInfo) }
    let head = TransmitRequest(
      grant: GrantReference(rawValue: 1),
      flags: flags,
      id: 0,
      size: total
    )
    let rest = (1..<max(dataSlots, 2)).prefix(dataSlots - 1).map { number in
      TransmitRequest(
        grant: GrantReference(rawValue: UInt32(number + 1)),
        flags: number + 1 < dataSlots ? .moreData : [],
        id: UInt16(number),
        size: bytes
      )
    }
    chain = [head] + extras.map { TransmitRequest(bytes: $0.bytes) } + rest
  }

  /// The number of slots that whole chains fill.
  var slotCount: UInt32 { UInt32(256 / chain.count * chain.count) }

  /// The number of chains.
  var chainCount: Int { 256 / chain.count }

  /// Fills a page with them; the first begins in the middle of the ring, so that one goes round.
  func fill(_ page: RingPage) -> UInt32 {
    let first: UInt32 = 0xFFFF_FFFF - 100
    for position in 0..<slotCount {
      let slot = chain[Int(position) % chain.count]
      page.ring.setValue(slot, at: first &+ position)
    }
    return first
  }
}

extension ChainKind {
  private static let segmentation = SegmentationExtra(size: 1448, type: .tcp4).extra()
  private static let manyExtras = (0..<20).map {
    SegmentationExtra(size: 1448, type: .tcp4).extra(hasMore: $0 < 19)
  }

  /// What a frontend sends, and what one sends that wants to keep the backend busy.
  static let all = [
    ChainKind("1-slot", dataSlots: 1, bytes: 1514),
    ChainKind("3-slots", dataSlots: 3, bytes: 500),
    ChainKind("segmented-18-slots", dataSlots: 17, bytes: 3800, extras: [segmentation]),
    ChainKind("tiny-19-slots", dataSlots: 19, bytes: 1),
    ChainKind("tiny-refused-21-slots", dataSlots: 21, bytes: 1),
    ChainKind("20-extras", dataSlots: 1, bytes: 60, extras: manyExtras),
    ChainKind("whole-ring-refused", dataSlots: 256, bytes: 1, policy: .strict),
  ]

  /// Chains that are all alike but for their length.
  static let growing = [1, 2, 4, 8, 16, 32, 64, 128, 256].map { count in
    var policy = ChainPolicy.strict
    policy.dataSlotLimit = 256
    return ChainKind("\(count)-slots", dataSlots: count, bytes: 100, policy: policy)
  }
}
