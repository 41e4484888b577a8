import Testing
import XenNetif

@Suite("Chains that change the list of groups")
struct MulticastChainTests {
  private static let group = MulticastExtra(address: [1, 0, 0x5E, 0, 0, 0xFB])
  private static let other = MulticastExtra(address: [1, 0, 0x5E, 0, 0, 0xFC])

  @Test("An addition is two slots, whatever the first one says of bytes")
  func addition() throws {
    for (size, offset) in [(0, 0), (65_535, 65_535), (60, 0)] as [(UInt16, UInt16)] {
      let slots = ChainSlots.chain(
        [size],
        offsets: [0: offset],
        extras: [Self.group.extra(.multicastAdd)]
      )
      let chain = try #require(try slots.outcome(.linux)?.get())
      #expect(chain.multicast == .add(Self.group))
      #expect((chain.slotCount, chain.extraCount) == (2, 1))
      let frame = try slots.chains(.linux).first?.frame { _, _ throws(GrantStatus) in
        throw .generalError
      }
      #expect(frame == nil)
    }
  }

  @Test("A deletion is the same with another type")
  func deletion() throws {
    let slots = ChainSlots.chain([0], extras: [Self.group.extra(.multicastDelete)])
    #expect(try slots.outcome(.linux)?.get().multicast == .delete(Self.group))
  }

  @Test("More data behind it is a packet of its own")
  func moreData() throws {
    let slots = ChainSlots.chain([60, 20], extras: [Self.group.extra(.multicastAdd)])
    let chains = slots.chains(.linux)
    #expect(try chains.map { try $0.outcome.get().multicast } == [.add(Self.group), nil])
    #expect(try chains.last?.outcome.get().length == 20)
  }

  @Test("An addition goes before a deletion, and before segments that cannot be")
  func together() throws {
    let both = [
      Self.other.extra(.multicastDelete, hasMore: true), Self.group.extra(.multicastAdd),
    ]
    let chain = try ChainSlots.chain([60], extras: both).outcome(.linux)?.get()
    #expect(chain?.multicast == .add(Self.group))
    #expect(chain?.multicast?.group == Self.group)
    let segments = [.segments(0, more: true), Self.group.extra(.multicastAdd)]
    #expect(try ChainSlots.chain([60], extras: segments).outcome(.linux)?.get().slotCount == 3)
  }

  @Test("Who knows only segments refuses it")
  func freeBSD() {
    let slots = ChainSlots.chain([60, 20], extras: [Self.group.extra(.multicastAdd)])
    let refusal = ChainRefusal(
      .unknownExtra(slot: 1, type: .multicastAdd),
      .error,
      slotCount: 3,
      extraCount: 1
    )
    #expect(slots.outcome(.freeBSD) == .failure(refusal))
  }
}
