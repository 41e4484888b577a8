import Testing
import XenNetif

@Suite("What is left open, and follows from a policy")
struct ChainPolicyTests {
  private func refusal(_ slots: ChainSlots, _ policy: ChainPolicy) -> ChainRefusal? {
    guard case .failure(let refusal)? = slots.outcome(policy) else { return nil }
    return refusal
  }

  @Test("A short chain is fatal, waited for, or an error")
  func shortChain() {
    let slots = ChainSlots().data(150, flags: 4, id: 1)
    let reason = ChainRefusal.Reason.missingSlot(slot: 1)
    #expect(refusal(slots, .linux) == ChainRefusal(reason, .fatal, slotCount: 1, extraCount: 0))
    #expect(refusal(slots, .freeBSD) == ChainRefusal(reason, .wait, slotCount: 1, extraCount: 0))
    #expect(refusal(slots, .strict) == ChainRefusal(reason, .error, slotCount: 1, extraCount: 0))
  }

  @Test("What was waited for is a packet once the rest is published")
  func completed() throws {
    let slots = ChainSlots().data(64, id: 9).data(150, flags: 4, id: 1)
    #expect(slots.chains(.freeBSD).map(\.first) == [0, 1])
    let rest = slots.data(50, id: 2)
    #expect(try rest.chains(.freeBSD).last?.outcome.get().slotCount == 2)
    #expect(rest.chains(.freeBSD).last?.fragments.map(\.length) == [100, 50])
  }

  @Test("A fault in a chain that is waited for is seen when the chain has ended")
  func faultAndWait() {
    let slots = ChainSlots().data(100, flags: 4).data(200, flags: 4)
    #expect(refusal(slots, .freeBSD)?.consequence == .wait)
    let ended = refusal(slots.data(1), .freeBSD)
    #expect(ended?.reason == .underflow(slot: 1, size: 200, remaining: 100))
    #expect(ended?.slotCount == 3)
  }

  @Test("A ring that is one chain is not waited for: nothing more could be published")
  func endless() {
    var slots = ChainSlots()
    for _ in 0..<255 { slots = slots.data(14, flags: 4) }
    #expect(refusal(slots, .freeBSD)?.consequence == .wait)
    let full = refusal(slots.data(14, flags: 4), .freeBSD)
    #expect(full?.consequence == .error)
    #expect(full?.slotCount == 256)
    var extras = ChainSlots().data(100, flags: 8)
    for _ in 0..<255 { extras = extras.extra(.segments(1, more: true)) }
    let reason = ChainRefusal.Reason.endless(slots: 256)
    #expect(
      refusal(extras, .freeBSD) == ChainRefusal(reason, .error, slotCount: 256, extraCount: 255)
    )
  }

  @Test("Where no number of slots is fatal, the longest chain is an error of all its slots")
  func longest() {
    let slots = ChainSlots.chain([270] + repeated(1, 255))
    for policy in [ChainPolicy.strict, .freeBSD] {
      let reason = ChainRefusal.Reason.tooManyDataSlots(slot: 18, limit: 18)
      let expected = ChainRefusal(reason, .error, slotCount: 256, extraCount: 0)
      #expect(refusal(slots, policy) == expected)
    }
  }

  @Test(
    "The least first fragment is as long as the policy says",
    arguments: [0, 1, 14] as [UInt16]
  )
  func leastFirstFragment(_ least: UInt16) {
    var policy = ChainPolicy.strict
    policy.leastFirstFragment = least
    for length in 0...15 as ClosedRange<UInt16> {
      let isPacket = refusal(.chain([100 + length, 100]), policy) == nil
      #expect(isPacket == (length >= least))
    }
  }

  @Test("The number of slots is as the policy says", arguments: [1, 18, 19, 21])
  func dataSlotLimit(_ limit: Int) {
    var policy = ChainPolicy.linux
    policy.dataSlotLimit = limit
    policy.fatalDataSlotCount = limit + 2
    for count in 1...limit + 3 {
      let slots = ChainSlots.chain([2000] + repeated(1, count - 1))
      let expected: ChainPolicy.Consequence? =
        count <= limit ? nil : count < limit + 2 ? .error : .fatal
      #expect(refusal(slots, policy)?.consequence == expected)
    }
  }

  @Test("Every fault of a policy without fatal ones leaves the packet behind it alone")
  func packetBehind() throws {
    let faults = [
      ChainSlots.chain([100, 200]), .chain([13]), .chain([60], offsets: [0: 4037]),
      .chain([100, 40], extras: [.empty(0)]), .chain([100, 40], extras: [.segments(0)]),
      .chain([100, 40], extras: [.empty(4, flags: 1), .empty(4)]),
      .chain([2000] + repeated(1, 30)),
    ]
    for slots in faults {
      let chains = slots.thenGood.chains(.strict)
      #expect(chains.count == 2)
      #expect(chains.first?.slotCount == slots.slots.count)
      #expect(try chains.last?.outcome.get().length == 64)
    }
  }
}
