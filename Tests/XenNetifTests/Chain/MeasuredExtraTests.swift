import Testing
import XenNetif

/// What Linux did with extra slots.
@Suite("Extra slots, as measured")
struct MeasuredExtraTests {
  private static let hash = HashExtra(type: 1, value: 0x51CC_C178)

  @Test("Extras lie behind the first slot, and the data goes on behind them")
  func behindTheFirst() throws {
    let chains = ChainSlots.chain([150, 50], extras: [.segments(250)]).thenGood.chains(.linux)
    let chain = try #require(try chains.first?.outcome.get())
    #expect(chains.first?.fragments.map(\.length) == [100, 50])
    #expect(chains.first?.fragments.map(\.grant.rawValue) == [0x101, 0x102])
    #expect(chain.segmentation == SegmentationExtra(size: 250, type: .tcp4))
    #expect((chain.slotCount, chain.extraCount, chain.dataSlotCount) == (3, 1, 2))
    #expect(try chains.last?.outcome.get().length == 64)
  }

  @Test("A packet without more data ends behind its last extra")
  func aloneWithExtras() throws {
    let extras = [.segments(1448, more: true), Self.hash.extra()]
    for order in [extras, [Self.hash.extra(hasMore: true), .segments(1448)]] {
      let chains = ChainSlots.chain([1000], flags: 3, extras: order).thenGood.chains(.linux)
      let chain = try #require(try chains.first?.outcome.get())
      #expect(chain.segmentation?.size == 1448)
      #expect(chain.hash == Self.hash)
      #expect(chain.slotCount == 3)
      #expect(chains.count == 2)
    }
  }

  @Test("Only the last extra of a type counts, also where the first cannot be")
  func repeated() throws {
    for (first, last) in [(500, 1448), (0, 1448)] as [(UInt16, UInt16)] {
      let slots = ChainSlots.chain([1000], extras: [.segments(first, more: true), .segments(last)])
      #expect(try slots.outcome(.linux)?.get().segmentation?.size == last)
      let refusal = ChainRefusal(
        .repeatedExtra(slot: 2, type: .segmentation),
        .error,
        slotCount: 3,
        extraCount: 2
      )
      #expect(slots.outcome(.strict) == .failure(refusal))
    }
    let many = (0..<20).map { ExtraInfo.segments(UInt16($0 + 1), more: $0 < 19) }
    #expect(try ChainSlots.chain([1000], extras: many).outcome(.linux)?.get().extraCount == 20)
  }

  @Test("Flags of an extra but the lowest mean nothing")
  func flags() throws {
    let slots = ChainSlots.chain([1000, 100], extras: [.empty(4, flags: 0xFE)]).thenGood
    #expect(try slots.chains(.linux).map { try $0.outcome.get().slotCount } == [3, 1])
  }

  @Test("Types that are not known are fatal", arguments: [0, 6, 7, 255] as [UInt8])
  func unknown(_ type: UInt8) {
    let slots = ChainSlots.chain([100, 40], extras: [.empty(type)]).thenGood
    var refusal = ChainRefusal(
      .unknownExtra(slot: 1, type: ExtraType(rawValue: type)),
      .fatal,
      slotCount: 2,
      extraCount: 1
    )
    #expect(slots.chains(.linux).map(\.outcome) == [.failure(refusal)])
    // Where nothing is fatal, the whole chain is answered, its data included.
    refusal.consequence = .error
    refusal.slotCount = 3
    #expect(slots.outcome(.strict) == .failure(refusal))
    #expect(slots.chains(.strict).count == 2)
  }

  @Test("Headroom is known to Linux and not to the header")
  func headroom() throws {
    let slots = ChainSlots.chain([100], extras: [HeadroomExtra(headroom: 256).extra()])
    let chain = try #require(try slots.outcome(.linux)?.get())
    #expect(chain.headroom?.headroom == 256)
    #expect(slots.chains(.linux).first?.fragments.first?.offset == 0)
    #expect(throws: ChainRefusal.self) { try slots.outcome(.strict)?.get() }
  }

  @Test(
    "Segments that cannot be are fatal",
    arguments: [
      (0, 1, .emptySegments), (0, 0, .emptySegments),
      (1448, 0, .unknownSegmentation(type: .none)),
      (1448, 3, .unknownSegmentation(type: SegmentationType(rawValue: 3))),
      (1448, 255, .unknownSegmentation(type: SegmentationType(rawValue: 255))),
    ] as [(UInt16, UInt8, ChainRefusal.Reason)]
  )
  func segments(_ size: UInt16, _ type: UInt8, _ reason: ChainRefusal.Reason) {
    let slots = ChainSlots.chain([1000, 100], extras: [.segments(size, type: type)])
    let refusal = ChainRefusal(reason, .fatal, slotCount: 3, extraCount: 1)
    #expect(slots.outcome(.linux) == .failure(refusal))
  }

  @Test("Segments of any other size are fine", arguments: [1, 1448, 65_535] as [UInt16])
  func segmentSizes(_ size: UInt16) throws {
    for type in [1, 2] as [UInt8] {
      let slots = ChainSlots.chain([1000], extras: [.segments(size, type: type)])
      #expect(try slots.outcome(.linux)?.get().segmentation?.size == size)
    }
  }

  @Test("Extras do not count among the slots with data", arguments: [18, 19, 20, 21, 22])
  func slotLimit(_ dataSlots: Int) {
    let sizes = [UInt16(dataSlots * 60)] + [UInt16](repeating: 60, count: dataSlots - 1)
    let outcome = ChainSlots.chain(sizes, extras: [.segments(1448)]).outcome(.linux)
    switch outcome {
    case .success(let chain):
      #expect(dataSlots <= 19 && chain.slotCount == dataSlots + 1)
    case .failure(let refusal):
      #expect(refusal.consequence == (dataSlots < 22 ? .error : .fatal))
      #expect(dataSlots > 19 && refusal.extraCount == 1)
    case nil: Issue.record("there is no chain")
    }
  }

  @Test("What says that an extra follows, and none is published, is fatal")
  func missing() {
    let alone = ChainSlots().data(100, flags: 8)
    let expected = ChainRefusal(.missingSlot(slot: 1), .fatal, slotCount: 1, extraCount: 0)
    #expect(alone.outcome(.linux) == .failure(expected))
    let more = alone.extra(.segments(1448, more: true))
    let refusal = ChainRefusal(.missingSlot(slot: 2), .fatal, slotCount: 2, extraCount: 1)
    #expect(more.outcome(.linux) == .failure(refusal))
  }

  @Test("That an extra follows means nothing behind the first slot")
  func onContinuation() throws {
    let slots = ChainSlots().data(100, flags: 4, id: 1).data(40, flags: 0x4B, id: 2).thenGood
    let chains = slots.chains(.linux)
    #expect(try chains.map { try $0.outcome.get().length } == [100, 64])
    #expect(try chains.first?.outcome.get().head.flags == .moreData)
  }
}
