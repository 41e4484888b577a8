import Testing
import XenNetif

@Suite("Chains by chance")
struct RandomChainTests {
  private static let policies: [(String, ChainPolicy)] = [
    ("linux", .linux), ("freeBSD", .freeBSD), ("strict", .strict),
    ("waiting and fatal", mixed(.wait, .fatal)), ("short and fatal", mixed(.error, .fatal)),
    ("fatal and going on", mixed(.fatal, .error)),
  ]

  private static func mixed(
    _ shortChain: ChainPolicy.Consequence,
    _ violation: ChainPolicy.Consequence
  ) -> ChainPolicy {
    ChainPolicy(
      dataSlotLimit: 4,
      fatalDataSlotCount: 6,
      leastFirstFragment: 60,
      shortChain: shortChain,
      violation: violation,
      lastKnownExtra: .hash,
      refusesRepeatedExtras: true
    )
  }

  @Test("The parser and the slow way agree", arguments: policies)
  func agreement(_ name: String, _ policy: ChainPolicy) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RandomChain(seed: seed)
    let page = RingPage(.transmit)
    let parser = TransmitChainParser(policy)
    var packets = 0
    for round in 0..<1000 {
      let slots = random.slots()
      let first = UInt32(truncatingIfNeeded: round &* 0x9E37_79B9)
      for (position, slot) in slots.enumerated() {
        page.ring.setValue(TransmitRequest(bytes: slot), at: first &+ UInt32(position))
      }
      let seen = page.withSlots(from: first, count: UInt32(slots.count)) { verdict(parser, $0) }
      let expected = ChainOracle(slots, policy).verdict
      if case .packet = expected { packets += 1 }
      guard seen == expected else {
        Issue.record("\(name), seed \(seed), round \(round): \(seen) where \(expected) is right")
        return
      }
    }
    // Enough of either kind, so that the comparison means something.
    #expect((100...900).contains(packets), "seed \(seed)")
  }

  private func verdict(_ parser: TransmitChainParser, _ slots: PublishedSlots)
    -> ChainOracle.Verdict?
  {
    do {
      guard let chain = try parser.parse(slots) else { return nil }
      if chain.multicast != nil { return .multicast(extras: chain.extraCount) }
      return .packet(
        lengths: (0..<chain.dataSlotCount).map { Int(parser.fragment($0, of: chain).length) },
        extras: chain.extraCount,
        segmentSize: chain.segmentation.map { Int($0.size) }
      )
    } catch {
      // How far a fatal chain was looked at does not matter: nothing of it is answered.
      let slots = error.consequence == .fatal ? 0 : error.slotCount
      return .refusal(error.reason, error.consequence, slots: slots)
    }
  }

  @Test("Whatever lies in a page, its slots are gone through once")
  func noise() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let page = RingPage(.transmit)
    for _ in 0..<60 {
      let noise = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) }
      unsafe noise.withUnsafeBytes { unsafe page.overwrite(with: $0) }
      for policy in [ChainPolicy.linux, .freeBSD, .strict] {
        let chains = page.chains(from: generator.next32(), count: generator.next32(), policy)
        let slots = chains.reduce(0) { $0 + $1.slotCount }
        #expect(slots <= 256, "seed \(seed)")
        for chain in chains where (try? chain.outcome.get()) != nil {
          #expect(
            chain.fragments.allSatisfy { Int($0.offset) + Int($0.length) <= 4096 },
            "seed \(seed)"
          )
        }
      }
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func next32() -> UInt32 { UInt32(truncatingIfNeeded: next()) }
}
