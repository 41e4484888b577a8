import XenNetif

/// Slots by chance, most of which nearly make a packet.
struct RandomChain {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func chance(_ one: Int, in many: Int) -> Bool {
    Int.random(in: 0..<many, using: &random) < one
  }

  /// At least one slot, and at most a ring of them.
  mutating func slots() -> [[UInt8]] {
    if chance(1, in: 20) { return noise() }
    let dataCount = count()
    let extraCount = chance(1, in: 3) ? Int.random(in: 1...4, using: &random) : 0
    let sizes = (1..<max(dataCount, 2)).prefix(dataCount - 1).map { _ in size() }
    var total = sizes.reduce(0) { $0 + Int($1) } + Int(chance(3, in: 4) ? 60 : size())
    if chance(1, in: 10) { total = Int.random(in: 0...total, using: &random) }
    var slots: [[UInt8]] = []
    for index in 0..<dataCount {
      let isLast = index + 1 == dataCount
      var flags: UInt16 = isLast ? 0 : 4
      if chance(1, in: 100) { flags ^= 4 }
      if index == 0 && extraCount > 0 { flags |= 8 }
      if chance(1, in: 20) { flags |= UInt16.random(in: 0...0xFFFF, using: &random) & 0xFFF3 }
      slots.append(
        request(index == 0 ? UInt16(truncatingIfNeeded: total) : sizes[index - 1], flags)
      )
      if index == 0 {
        for extra in 0..<extraCount { slots.append(self.extra(extra + 1 < extraCount)) }
      }
    }
    if chance(1, in: 10) { slots.removeLast(Int.random(in: 0..<slots.count, using: &random)) }
    return Array(slots.prefix(256))
  }

  private mutating func noise() -> [[UInt8]] {
    (0..<Int.random(in: 1...256, using: &random)).map { _ in
      (0..<12).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
  }

  private mutating func count() -> Int {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: Int.random(in: 16...24, using: &random)
    case 1: Int.random(in: 1...256, using: &random)
    default: Int.random(in: 1...5, using: &random)
    }
  }

  private mutating func size() -> UInt16 {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: 0
    case 1: UInt16.random(in: 4090...4100, using: &random)
    case 2: UInt16.random(in: 0...0xFFFF, using: &random)
    default: UInt16.random(in: 0...200, using: &random)
    }
  }

  private mutating func request(_ size: UInt16, _ flags: UInt16) -> [UInt8] {
    let offsets: [UInt16] = [0, 0, 0, 0, 0, 0, 100, 4095, 4096, 4097, 0xFFFF]
    return TransmitRequest(
      grant: GrantReference(rawValue: UInt32.random(in: 0...UInt32.max, using: &random)),
      offset: chance(9, in: 10) ? 0 : offsets[Int.random(in: 0..<offsets.count, using: &random)],
      flags: TransmitFlags(rawValue: flags),
      id: UInt16.random(in: 0...0xFFFF, using: &random),
      size: size
    ).bytes
  }

  private mutating func extra(_ hasMore: Bool) -> [UInt8] {
    let types: [UInt8] = [1, 1, 1, 1, 4, 4, 5, 2, 3, 0, 6, 255]
    var extra = ExtraInfo.empty(types[Int.random(in: 0..<types.count, using: &random)])
    extra.flags = UInt8.random(in: 0...127, using: &random) << 1 | (hasMore ? 1 : 0)
    let sizes: [UInt16] = [1448, 1448, 1, 65_535, 0]
    let size = sizes[Int.random(in: 0..<sizes.count, using: &random)]
    let kind: UInt8 = chance(1, in: 8) ? UInt8.random(in: 0...255, using: &random) : 1
    let segmentation = SegmentationExtra(size: size, type: SegmentationType(rawValue: kind))
    extra.payload = segmentation.payload
    return extra.bytes + [1, 2, 3, 4]
  }
}

/// Numbers that follow from a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
