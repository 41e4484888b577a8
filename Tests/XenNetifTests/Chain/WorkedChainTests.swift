import Testing
import XenNetif

/// Chains given as the bytes of their slots.
@Suite("Chains by their bytes")
struct WorkedChainTests {
  private func chains(_ slots: [String], _ policy: ChainPolicy = .linux) -> [ReadChain] {
    let page = RingPage(.transmit)
    for (position, slot) in slots.enumerated() {
      page.ring.setValue(TransmitRequest(bytes: bytes(slot)), at: UInt32(position))
    }
    return page.chains(from: 0, count: UInt32(slots.count), policy)
  }

  /// Pages whose bytes tell their grant: byte `n` of grant `g` is `g + n`.
  private func frame(_ chain: ReadChain?) throws -> [UInt8]? {
    try chain?.frame { grant, range throws(GrantStatus) in
      range.map { UInt8(truncatingIfNeeded: Int(grant.rawValue) + $0) }
    }
  }

  private func page(_ grant: Int, _ range: Range<Int>) -> [UInt8] {
    range.map { UInt8(truncatingIfNeeded: grant + $0) }
  }

  @Test("One slot")
  func single() throws {
    let chains = chains(["2a 00 00 00 40 00 00 00 07 00 3c 00"])
    #expect(try frame(chains.first) == page(0x2A, 0x40..<0x7C))
  }

  @Test("Three slots of 110, 40 and 50 bytes")
  func three() throws {
    let chains = chains([
      "01 01 00 00 00 01 07 00 10 00 c8 00", "02 01 00 00 00 00 04 00 11 00 28 00",
      "03 01 00 00 00 08 00 00 12 00 32 00",
    ])
    let expected = page(0x101, 256..<366) + page(0x102, 0..<40) + page(0x103, 2048..<2098)
    #expect(try frame(chains.first) == expected)
    let flags = try chains.first?.outcome.get().head.flags
    #expect(flags == [.checksumBlank, .dataValidated, .moreData])
  }

  @Test("A packet of TCP that is to be segmented")
  func segmentation() throws {
    let chains = chains([
      "00 02 00 00 02 00 0f 00 20 00 8a 1c", "01 00 a8 05 01 00 00 00 00 00 00 00",
      "01 02 00 00 00 00 04 00 21 00 00 10", "02 02 00 00 00 00 00 00 22 00 48 0c",
    ])
    let expected = page(0x200, 2..<68) + page(0x201, 0..<4096) + page(0x202, 0..<3144)
    #expect(try frame(chains.first) == expected)
    let chain = try chains.first?.outcome.get()
    #expect(chain?.segmentation == SegmentationExtra(size: 1448, type: .tcp4))
  }

  @Test("A group that is added, and deleted", arguments: ["02", "03"])
  func multicast(_ type: String) throws {
    let chains = chains([
      "00 00 00 00 00 00 08 00 30 00 00 00", "\(type) 00 01 00 5e 00 00 fb 00 00 00 00",
    ])
    let group = MulticastExtra(address: bytes("01 00 5e 00 00 fb"))
    let expected = type == "02" ? MulticastChange.add(group) : .delete(group)
    #expect(try chains.first?.outcome.get().multicast == expected)
  }

  @Test("More in the second slot than in the packet")
  func underflow() {
    let chains = chains([
      "0a 00 00 00 00 00 04 00 01 00 64 00", "0b 00 00 00 00 00 00 00 02 00 c8 00",
    ])
    let reason = ChainRefusal.Reason.underflow(slot: 1, size: 200, remaining: 100)
    let refusal = ChainRefusal(reason, .error, slotCount: 2, extraCount: 0)
    #expect(chains.map(\.outcome) == [.failure(refusal)])
    let text = "error: slot 1 of the chain has 200 bytes, and only 100 are left of the packet"
    #expect(refusal.description == text)
  }

  @Test("Beyond the end of its page")
  func beyondPage() {
    let chains = chains(["2a 00 00 00 c5 0f 00 00 07 00 3c 00"])
    let reason = ChainRefusal.Reason.beyondPage(slot: 0, offset: 4037, length: 60)
    #expect(
      chains.map(\.outcome) == [.failure(ChainRefusal(reason, .fatal, slotCount: 1, extraCount: 0))]
    )
  }

  @Test("A page that cannot be read fails the packet, unless nothing is read from it")
  func unreadable() throws {
    let slots = ChainSlots.chain([100, 0, 40])
    let chain = try #require(slots.chains(.linux).first)
    for (bad, fails) in [(0x101, true), (0x102, false), (0x103, true)] as [(UInt32, Bool)] {
      let frame = try? chain.frame { grant, range throws(GrantStatus) in
        if grant.rawValue == bad { throw .badGrant }
        return [UInt8](repeating: 0, count: range.count)
      }
      #expect((frame == nil) == fails)
    }
  }
}
