import CAllocationCount
import Testing
import XenNetif

/// Nothing is allocated for a request, whether it is one of a packet or of what is refused.
@Suite(.enabled(if: allocation_count_works() == 1, "a sanitizer has allocation for itself"))
struct ChainAllocationTests {
  private static let chains: [(String, ChainSlots)] = [
    ("one slot", .chain([1514])), ("three slots", .chain([1500, 500, 500])),
    ("segmented", .chain([64_900] + repeated(3600, 18), extras: [.segments(1448)])),
    ("tiny", .chain([122] + repeated(6, 18))),
    ("group", .chain([0], extras: [MulticastExtra(address: [1]).extra(.multicastAdd)])),
    ("underflow", .chain([100, 200])), ("beyond its page", .chain([60], offsets: [0: 4037])),
    ("too many", .chain([1200] + repeated(60, 19))), ("short", ChainSlots().data(60, flags: 4)),
    ("extra", .chain([60], extras: [.empty(0)])),
    ("the whole ring", .chain([270] + repeated(1, 255))),
  ]

  @Test("Looking at a chain allocates nothing", arguments: chains)
  func parsing(_ name: String, _ chain: ChainSlots) {
    let page = RingPage(.transmit)
    for (position, slot) in chain.slots.enumerated() {
      page.ring.setValue(TransmitRequest(bytes: slot), at: UInt32(position))
    }
    for policy in [ChainPolicy.linux, .freeBSD, .strict] {
      let parser = TransmitChainParser(policy)
      let refusal = chain.refusal(policy)
      let count = page.withSlots(from: 0, count: UInt32(chain.slots.count)) { slots in
        // Once before, for what is made when it is used for the first time.
        _ = Self.look(parser, slots)
        allocation_count_begin()
        for _ in 0..<100 { _ = Self.look(parser, slots) }
        return allocation_count_end()
      }
      #expect(count == Self.allocationsOfThrowing(refusal), "\(name)")
    }
  }

  /// What throwing an error so often allocates, if there is one: whoever runs the tests may look at it.
  private static func allocationsOfThrowing(_ refusal: ChainRefusal?) -> Int {
    guard let refusal else { return 0 }
    var caught = 0
    allocation_count_begin()
    for _ in 0..<100 {
      do { try fail(refusal) } catch { caught += error.slotCount }
    }
    let count = allocation_count_end()
    precondition(caught == 100 * refusal.slotCount)
    return Int(count)
  }

  private static func fail(_ refusal: ChainRefusal) throws(ChainRefusal) { throw refusal }

  /// Looks at a chain and at each of its slots; plain loops, because closures may be allocated.
  private static func look(_ parser: TransmitChainParser, _ slots: PublishedSlots) -> Int {
    var sum = 0
    do {
      guard let chain = try parser.parse(slots) else { return 0 }
      for position in 0..<chain.dataSlotCount {
        sum += Int(parser.fragment(position, of: chain).length)
      }
    } catch {
      for position in 0..<error.dataSlotCount { sum += Int(parser.request(position).id) }
    }
    return sum
  }
}

extension ChainSlots {
  fileprivate func refusal(_ policy: ChainPolicy) -> ChainRefusal? {
    guard case .failure(let refusal)? = outcome(policy) else { return nil }
    return refusal
  }
}
