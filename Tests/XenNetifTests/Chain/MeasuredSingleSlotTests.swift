import Testing
import XenNetif

/// What Linux did with one slot and a whole packet behind it.
@Suite("Single slots, as measured")
struct MeasuredSingleSlotTests {
  @Test("Too short a packet is an error, wherever it lies", arguments: [0, 1, 13] as [UInt16])
  func short(_ size: UInt16) throws {
    for offset in [0, 4036, 4095, 4096, 65_535] as [UInt16] {
      let chains = ChainSlots.chain([size], offsets: [0: offset]).thenGood.chains(.linux)
      #expect(chains.count == 2)
      let refusal = ChainRefusal(
        .shortFirstFragment(length: size, least: 14),
        .error,
        slotCount: 1,
        extraCount: 0
      )
      #expect(chains.first?.outcome == .failure(refusal))
      #expect(try chains.last?.outcome.get().length == 64)
    }
  }

  @Test(
    "What lies in its page is a packet",
    arguments: [
      (14, 0), (15, 0), (42, 0), (59, 0), (60, 0), (127, 0), (128, 0), (129, 0), (1514, 0),
      (1515, 0), (4095, 0), (4096, 0), (60, 4036),
    ] as [(UInt16, UInt16)]
  )
  func whole(_ size: UInt16, _ offset: UInt16) throws {
    let chains = ChainSlots.chain([size], offsets: [0: offset]).thenGood.chains(.linux)
    #expect(chains.count == 2)
    let fragment = TransmitFragment(
      grant: GrantReference(rawValue: 0x101),
      offset: offset,
      length: size
    )
    #expect(chains.first?.fragments == [fragment])
    #expect(try chains.first?.outcome.get().slotCount == 1)
    #expect(try chains.last?.outcome.get().length == 64)
  }

  @Test(
    "What ends beyond its page is fatal, and an error where nothing is",
    arguments: [
      (60, 4037), (4097, 0), (65_535, 0), (14, 4095), (14, 4096), (0x1000, 0xF000),
      (0xFFFF, 0xFFFF),
    ] as [(UInt16, UInt16)]
  )
  func beyondPage(_ size: UInt16, _ offset: UInt16) {
    let slots = ChainSlots.chain([size], offsets: [0: offset]).thenGood
    var refusal = ChainRefusal(
      .beyondPage(slot: 0, offset: offset, length: size),
      .fatal,
      slotCount: 1,
      extraCount: 0
    )
    #expect(slots.chains(.linux).map(\.outcome) == [.failure(refusal)])
    refusal.consequence = .error
    #expect(slots.chains(.strict).count == 2)
    #expect(slots.outcome(.strict) == .failure(refusal))
  }

  @Test("Flags without a meaning have none", arguments: [0x10, 0x40, 0xFFF0] as [UInt16])
  func unknownFlags(_ flags: UInt16) throws {
    let chains = ChainSlots.chain([60], flags: flags).thenGood.chains(.linux)
    #expect(try chains.map { try $0.outcome.get().length } == [60, 64])
  }

  @Test(
    "Identifiers and grants are any numbers",
    arguments: [0, 0xFFFF, 0x8001, 0x0100] as [UInt16]
  )
  func identifiers(_ id: UInt16) {
    let chains = ChainSlots().data(60, id: id).data(60, id: id).chains(.linux)
    #expect(chains.map { $0.requests.map(\.id) } == [[id], [id]])
  }

  @Test("No slots are no chain")
  func nothing() { #expect(ChainSlots().chains(.linux) == []) }
}
