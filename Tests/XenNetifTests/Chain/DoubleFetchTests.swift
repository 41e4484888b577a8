import RingMemory
import Testing
import XenNetif

@Suite("A frontend that writes on")
struct DoubleFetchTests {
  @Test("What the parser has looked at is what it goes on with")
  func privateCopies() throws {
    let page = try Page(filledWith: 0)
    let shared = SharedRing(page.memory, .transmit)
    let slots = ChainSlots.chain([150, 50], extras: [.segments(250)]).slots
    for (position, slot) in slots.enumerated() {
      shared.setValue(TransmitRequest(bytes: slot), at: UInt32(position))
    }
    let parser = TransmitChainParser(.linux)
    let chain = try #require(try parser.parse(PublishedSlots(shared, from: 0, count: 3)))
    page.bytes = [UInt8](repeating: 0xFF, count: 4096)
    #expect(chain.segmentation?.size == 250)
    #expect(
      parser.fragment(0, of: chain)
        == TransmitFragment(grant: .init(rawValue: 0x101), offset: 0, length: 100)
    )
    #expect(
      parser.fragment(1, of: chain)
        == TransmitFragment(grant: .init(rawValue: 0x102), offset: 0, length: 50)
    )
    #expect(parser.extra(0) == .segments(250))
    #expect([parser.request(0).id, parser.request(1).id] == [1, 2])
  }

  @Test("A slot that changes all the time is judged by one of its contents")
  func changing() async throws {
    let page = try Page(filledWith: 0)
    let shared = SharedRing(page.memory, .transmit)
    // The word has offset and flags: a packet at 0, or a short chain at 0xFFFF.
    let word = unsafe SharedWord32(unsafeAddress: shared.slot(0) + 4)
    shared.setValue(TransmitRequest(grant: GrantReference(rawValue: 1), id: 1, size: 96), at: 0)
    let isDone = Bell()
    async let writing: Void = Self.flicker(word, until: isDone)
    let parser = TransmitChainParser(.linux)
    for _ in 0..<20_000 {
      do {
        let chain = try parser.parse(PublishedSlots(shared, from: 0, count: 1))
        guard let chain, chain.head.offset == 0, chain.slotCount == 1 else {
          Issue.record("the packet is not what was judged")
          break
        }
      } catch {
        #expect(error.reason == .missingSlot(slot: 1))
        #expect(parser.request(0).flags == .moreData)
      }
    }
    isDone.ring()
    await writing
  }

  /// Writes the word with offset and flags, now one, now the other.
  private static func flicker(_ word: SharedWord32, until isDone: Bell) async {
    while !isDone.isRung {
      for _ in 0..<100 {
        word.store(0x0004_FFFF)
        word.store(0)
      }
      await Task.yield()
    }
  }
}
