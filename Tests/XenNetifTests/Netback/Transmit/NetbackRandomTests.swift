import NetBackend
import RingMemory
import Testing
import XenNetif

@Suite("A frontend that publishes anything")
struct NetbackRandomTests {
  static let policies: [(String, NetbackPolicy)] = [
    ("linux", .linux), ("freeBSD", .freeBSD), ("strict", .strict),
  ]

  @Test("gets one response a slot, and the caller what the slots say", arguments: 0..<3, 0..<40)
  func batches(_ policy: Int, _ seed: UInt64) throws {
    let (name, policy) = Self.policies[policy]
    var random = DomainRandom(seed: seed)
    var configuration = FrontendConfiguration()
    configuration.transmitStart = random.one(of: [0, 200, 0xFFFF_FFF0])
    let bench = try NetbackBench(policy, configuration)
    let pages = try GuestPages(6, of: bench)
    var index = configuration.transmitStart
    for batch in 0..<6 {
      let note: Comment = "\(name), seed \(seed), batch \(batch)"
      let slots = Self.slots(&random, pages)
      let model = Model(slots, from: index, policy, pages)
      bench.publish(slots, at: index)
      let end = index &+ UInt32(slots.count)
      #expect(try bench.receiveAll() == model.frames, note)
      #expect(bench.netback.isDisabled == model.isFatal, note)
      #expect(bench.producedResponses == index &+ UInt32(model.answered), note)
      #expect(bench.frontend.transmit.page.isUnusedIntact, note)
      let found = (0..<UInt32(model.answered)).map { offset in
        TransmitResponse(bytes: bench.frontend.transmit.page.slotBytes(index &+ offset))
      }
      let ids = found.filter { $0.status != .null }.map(\.id)
      #expect(ids.sorted() == model.ids.sorted(), note)
      #expect(found.count { $0.status == .null } == model.answered - model.ids.count, note)
      guard model.answered == slots.count else { break }
      index = end
    }
    try bench.setState(.closed)
    #expect(bench.holdsNothing(watches: 1), "\(name), seed \(seed)")
  }

  /// Slots in which much is right.
  private static func slots(_ random: inout DomainRandom, _ pages: GuestPages) -> [[UInt8]] {
    (0..<1 + random.below(40)).map { number in
      if random.below(6) == 0 {
        let type = random.one(of: [0, 1, 1, 1, 2, 3, 4, 4, 5, 9] as [UInt8])
        let payload = (0..<6).map { _ in random.one(of: [0, 0, 1, 2, 5] as [UInt8]) }
        return ExtraInfo(
          type: ExtraType(rawValue: type),
          flags: random.one(of: [0, 0, 0, 1]),
          payload: ExtraPayload(payload)
        ).bytes + [0xEE, 0xEE, 0xEE, 0xEE]
      }
      let isBad = random.below(12) == 0
      return TransmitRequest(
        grant: isBad ? GrantReference(rawValue: 999_999) : random.one(of: pages.grants),
        offset: UInt16(random.one(of: [0, 0, 0, 64, 1000, 4000, 4090])),
        flags: TransmitFlags(rawValue: random.one(of: [0, 0, 0, 4, 4, 4, 8, 12, 2])),
        id: UInt16(number),
        size: UInt16(random.one(of: [0, 13, 14, 60, 100, 128, 129, 500, 1514, 4000, 0xFFFF]))
      ).bytes
    }
  }

  /// What is to come of some slots, found the slow way.
  struct Model {
    var frames: [[UInt8]] = []
    var ids: [UInt16] = []
    var answered = 0
    var isFatal = false

    init(
      _ slots: [[UInt8]],
      from first: UInt32,
      _ policy: NetbackPolicy,
      _ pages: GuestPages
    ) {
      let page = RingPage(.transmit)
      for (position, slot) in slots.enumerated() {
        page.ring.setValue(TransmitRequest(bytes: slot), at: first &+ UInt32(position))
      }
      for chain in page.chains(from: first, count: UInt32(slots.count), policy.chain) {
        add(chain, pages)
      }
    }

    private mutating func add(_ chain: ReadChain, _ pages: GuestPages) {
      if case .failure(let refusal) = chain.outcome, refusal.consequence != .error {
        isFatal = refusal.consequence == .fatal
        return
      }
      guard case .success(let packet) = chain.outcome, packet.multicast != nil else {
        answer(chain.requests, chain.extras.count)
        // Not cut: what has no place for a checksum is lost, and none of these has.
        if case .success(let packet) = chain.outcome, packet.segmentation == nil,
          let frame = try? chain.frame({ (grant, range) throws(GrantStatus) in
            guard let number = pages.grants.firstIndex(of: grant) else { throw .badGrant }
            return pages.pages[number][range]
          })
        {
          frames.append(frame)
        }
        return
      }
      // A change of the groups has one request, however it goes on.
      answer([packet.head], chain.extras.count)
    }

    private mutating func answer(_ requests: [TransmitRequest], _ extras: Int) {
      ids += requests.map(\.id)
      answered += requests.count + extras
    }
  }
}
