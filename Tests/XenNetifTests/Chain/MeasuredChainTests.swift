import Testing
import XenNetif

/// What Linux did with chains of several slots, and a whole packet behind them.
@Suite("Chains, as measured")
struct MeasuredChainTests {
  struct Accepted: Sendable {
    var sizes: [UInt16]
    var offsets: [Int: UInt16] = [:]
    var first: UInt16
  }

  private static let accepted: [Accepted] =
    [
      Accepted(sizes: [200, 40, 50], first: 110),
      Accepted(sizes: [100, 40], first: 60),
      Accepted(sizes: [6000, 4000], offsets: [0: 0x800], first: 2000),
      Accepted(sizes: [4096, 3996], offsets: [1: 100], first: 100),
      Accepted(sizes: [6048, 4000], offsets: [0: 0x800], first: 2048),
      Accepted(sizes: [65_535] + repeated(4096, 15), first: 4095),
      Accepted(sizes: [64_700] + repeated(3800, 17), first: 100),
      Accepted(sizes: [64_900] + repeated(3600, 18), first: 100),
      Accepted(sizes: [116] + repeated(6, 17), first: 14),
      Accepted(sizes: [122] + repeated(6, 18), first: 14),
      Accepted(sizes: [32] + repeated(1, 18), first: 14),
      Accepted(sizes: [128] + repeated(6, 18), first: 20),
      Accepted(sizes: [1860] + repeated(100, 18), first: 60),
      Accepted(sizes: [114, 100], first: 14),
      Accepted(sizes: [100, 0, 40], first: 60),
      Accepted(sizes: [100, 0, 0], first: 100),
      Accepted(sizes: [100, 40, 0], first: 60),
      Accepted(sizes: [1000, 0, 400], first: 600),
      Accepted(sizes: [300] + repeated(0, 18), first: 300),
      Accepted(sizes: [100, 0], offsets: [1: 4096], first: 100),
    ] + (16...19).map { Accepted(sizes: [UInt16($0 * 60)] + repeated(60, $0 - 1), first: 60) }

  @Test("These are packets", arguments: accepted)
  func packets(_ row: Accepted) throws {
    let slots = ChainSlots.chain(row.sizes, offsets: row.offsets).thenGood
    let chains = slots.chains(.linux)
    #expect(try chains.map { try $0.outcome.get().length } == [Int(row.sizes[0]), 64])
    let lengths = chains.first?.fragments.map(\.length)
    #expect(lengths == [row.first] + row.sizes.dropFirst())
    #expect(chains.first?.fragments.reduce(0) { $0 + Int($1.length) } == Int(row.sizes[0]))
    #expect(chains.first?.requests.map(\.id) == (1...UInt16(row.sizes.count)).map { $0 })
  }

  @Test(
    "These are errors, and the packet behind them passes",
    arguments: [
      ([100, 200], .underflow(slot: 1, size: 200, remaining: 100)),
      ([100, 101], .underflow(slot: 1, size: 101, remaining: 100)),
      ([100, 60, 60], .underflow(slot: 2, size: 60, remaining: 40)),
      ([100, 100, 1], .underflow(slot: 2, size: 1, remaining: 0)),
      ([200, 100, 150, 20], .underflow(slot: 2, size: 150, remaining: 100)),
      ([0, 4096], .underflow(slot: 1, size: 4096, remaining: 0)),
      ([0, 1], .underflow(slot: 1, size: 1, remaining: 0)),
      ([100, 100], .shortFirstFragment(length: 0, least: 14)),
      ([100, 60, 40], .shortFirstFragment(length: 0, least: 14)),
      ([113, 100], .shortFirstFragment(length: 13, least: 14)),
      ([101, 100], .shortFirstFragment(length: 1, least: 14)),
      ([13, 3], .shortFirstFragment(length: 10, least: 14)),
      ([0, 0], .shortFirstFragment(length: 0, least: 14)),
      ([0] + repeated(4096, 15), .underflow(slot: 1, size: 4096, remaining: 0)),
      ([1200] + repeated(60, 19), .tooManyDataSlots(slot: 19, limit: 19)),
      ([1260] + repeated(60, 20), .tooManyDataSlots(slot: 19, limit: 19)),
      ([1200] + repeated(60, 18) + [0], .tooManyDataSlots(slot: 19, limit: 19)),
    ] as [([UInt16], ChainRefusal.Reason)]
  )
  func errors(_ sizes: [UInt16], _ reason: ChainRefusal.Reason) {
    let chains = ChainSlots.chain(sizes).thenGood.chains(.linux)
    let refusal = ChainRefusal(reason, .error, slotCount: sizes.count, extraCount: 0)
    #expect(chains.first?.outcome == .failure(refusal))
    #expect(chains.first?.requests.map(\.id) == (1...UInt16(sizes.count)).map { $0 })
    #expect(chains.last?.requests.map(\.id) == [0x99])
  }

  @Test(
    "These are fatal",
    arguments: [
      ([6100, 4000], [0: 0x800], .beyondPage(slot: 0, offset: 0x800, length: 2100)),
      ([4100, 4000], [1: 100], .beyondPage(slot: 1, offset: 100, length: 4000)),
      ([8192, 0x1000], [1: 0xF000], .beyondPage(slot: 1, offset: 0xF000, length: 0x1000)),
      // The page of a slot is looked at even though the slot is already an error.
      ([100, 200], [1: 4000], .beyondPage(slot: 1, offset: 4000, length: 200)),
      ([100, 0], [1: 4097], .beyondPage(slot: 1, offset: 4097, length: 0)),
      ([100, 0], [1: 65_535], .beyondPage(slot: 1, offset: 65_535, length: 0)),
      ([1320] + repeated(60, 21), [:], .tooManyDataSlots(slot: 21, limit: 19)),
      ([1500] + repeated(60, 24), [:], .tooManyDataSlots(slot: 21, limit: 19)),
      ([270] + repeated(1, 254), [:], .tooManyDataSlots(slot: 21, limit: 19)),
    ] as [([UInt16], [Int: UInt16], ChainRefusal.Reason)]
  )
  func fatal(_ sizes: [UInt16], _ offsets: [Int: UInt16], _ reason: ChainRefusal.Reason) throws {
    let chains = ChainSlots.chain(sizes, offsets: offsets).thenGood.chains(.linux)
    #expect(chains.count == 1)
    guard case .failure(let refusal)? = chains.first?.outcome else {
      Issue.record("the chain is a packet")
      return
    }
    #expect(refusal.reason == reason)
    #expect(refusal.consequence == .fatal)
  }

  @Test(
    "A chain whose next slot is not published is fatal, at once",
    arguments: [([100], 1), ([100, 200], 2), ([100, 40], 2), ([270] + repeated(1, 255), 21)]
      as [([UInt16], Int)]
  )
  func unpublished(_ sizes: [UInt16], _ slot: Int) {
    var slots = ChainSlots().data(60)
    for size in sizes.prefix(200) { slots = slots.data(size, flags: 4) }
    let chains = slots.chains(.linux)
    #expect(chains.count == 2)
    guard case .failure(let refusal)? = chains.last?.outcome else {
      Issue.record("the chain is a packet")
      return
    }
    #expect(refusal.consequence == .fatal)
    let isMissing = refusal.reason == .missingSlot(slot: slot)
    #expect(isMissing == (sizes.count < 22))
  }

  @Test("A chain that goes round the ring is like any other", arguments: [254, 255, 0xFFFF_FFFE])
  func wrapping(_ start: Int) throws {
    let slots = ChainSlots.chain([550, 100, 50]).thenGood
    let chains = slots.chains(.linux, from: UInt32(start))
    #expect(chains.first?.fragments.map(\.length) == [400, 100, 50])
    #expect(try chains.map { try $0.outcome.get().slotCount } == [3, 1])
  }
}
