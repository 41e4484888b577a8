import RingMemory
import Testing
import XenNetif

@Suite("A frontend that sends")
struct FrontendTransmitTests {
  @Test("requests lie in the ring byte for byte: the whole length first, then that of each piece")
  func laysOutRequests() throws {
    let backend = try TinyBackend()
    let side = backend.frontend.transmit
    let plan = TransmitPlan(
      flags: [.checksumBlank, .dataValidated],
      extras: [SegmentationExtra(size: 1448, type: .tcp4).extra(hasMore: true)],
      lengths: [110, 40],
      offsets: [0x100, 0, 0x800]
    )
    let ids = try side.put([UInt8](repeating: 1, count: 200), plan)
    #expect(ids.count == 3)
    let requests = (0..<4).map { side.page.slotBytes($0) }
    let grants = [0, 2, 3].map { Array(requests[$0][0..<4]) }
    #expect(Set(grants).count == 3)
    #expect(requests[0] == grants[0] + [0, 1, 0x0F, 0, UInt8(ids[0]), 0, 200, 0])
    #expect(requests[1] == [1, 0, 0xA8, 5, 1, 0, 0, 0, 0xCC, 0xCC, 0xCC, 0xCC])
    #expect(requests[2] == grants[1] + [0, 0, 4, 0, UInt8(ids[1]), 0, 40, 0])
    #expect(requests[3] == grants[2] + [0, 8, 0, 0, UInt8(ids[2]), 0, 50, 0])
    #expect(side.page.ring.requestProducer.load() == 0)
    #expect(side.publish())
    #expect(side.page.ring.requestProducer.load() == 4)
    #expect(side.page.isUnusedIntact)
  }

  @Test(
    "a frame that is no legal packet in this form is refused, and nothing happens",
    arguments: [
      (0, TransmitPlan()), (65536, TransmitPlan()), (60, TransmitPlan(offsets: [4096])),
      (60, TransmitPlan(offsets: [-1])), (60, TransmitPlan(lengths: [0])),
      (60, TransmitPlan(lengths: [61])), (60, TransmitPlan(lengths: [-1])),
      (100, TransmitPlan(lengths: [60], offsets: [4037])),
      (19, TransmitPlan(lengths: [Int](repeating: 1, count: 19))),
    ]
  )
  func refuses(_ count: Int, _ plan: TransmitPlan) throws {
    let side = try TinyBackend().frontend.transmit
    let error = #expect(throws: FrontendError.self) {
      try side.put([UInt8](repeating: 0, count: count), plan)
    }
    if case .illegalPlan = error {} else { Issue.record("\(error as Any)") }
    #expect(side.room == 256)
    #expect(side.framesInFlight == 0)
    #expect(!side.publish())
  }

  @Test("a full ring takes no more, and takes again what has been answered")
  func fillsUp() throws {
    let backend = try TinyBackend()
    let side = backend.frontend.transmit
    let frame = [UInt8](repeating: 7, count: 60)
    let plan = TransmitPlan(lengths: [20, 20])
    for _ in 0..<85 { try side.put(frame, plan) }
    #expect(side.room == 1)
    #expect(throws: FrontendError.noRoom(needed: 3, free: 1)) { try side.put(frame, plan) }
    try side.put(frame)
    #expect(throws: FrontendError.noRoom(needed: 1, free: 0)) { try side.put(frame) }
    side.publish()
    #expect(backend.takePackets().count == 86)
    #expect(side.room == 0)
    #expect(side.framesInFlight == 86)
    #expect(side.takeResponses().count == 256)
    #expect(side.room == 256)
    #expect(side.framesInFlight == 0)
    #expect(backend.frontend.violations.isEmpty)
  }

  @Test("random frames arrive as they were, however they are cut, over many laps", arguments: 1...3)
  func sendsAnything(_ seed: UInt64) throws {
    var random = DomainRandom(seed: seed)
    var configuration = FrontendConfiguration()
    configuration.transmitStart = .max &- 300
    let backend = try TinyBackend(configuration)
    let side = backend.frontend.transmit
    var sent: [[UInt8]] = []
    var received: [[UInt8]] = []
    for _ in 0..<300 {
      let (first, count) = (UInt8(random.below(256)), 1 + random.below(9000))
      let frame = (0..<count).map { first &+ UInt8(truncatingIfNeeded: $0 &* 11) }
      let plan = Self.plan(for: frame.count, &random)
      guard (try? side.put(frame, plan)) != nil else {
        side.publish()
        received += backend.takePackets(random.below(2) == 0 ? .okay : .error).map(\.bytes)
        _ = side.takeResponses()
        continue
      }
      sent.append(frame)
    }
    side.publish()
    received += backend.takePackets().map(\.bytes)
    #expect(received == sent, "seed \(seed)")
    _ = side.takeResponses()
    #expect(side.room == 256, "seed \(seed)")
    #expect(backend.frontend.violations.isEmpty, "seed \(seed)")
    #expect(side.page.isUnusedIntact, "seed \(seed)")
  }

  @Test("what a backend may not answer is noticed")
  func noticesViolations() throws {
    let backend = try TinyBackend()
    let side = backend.frontend.transmit
    for _ in 0..<4 { try side.put([UInt8](repeating: 0, count: 60)) }
    side.publish()
    backend.transmit.consume(4)
    backend.transmit.respond(TransmitResponse(id: 999, status: .okay))
    backend.transmit.respond(TransmitResponse(id: 1, status: TransmitStatus(rawValue: 7)))
    backend.transmit.respondNull()
    backend.transmit.respond(TransmitResponse(id: 1, status: .okay))
    _ = backend.transmit.push()
    #expect(side.takeResponses().count == 4)
    side.page.ring.responseProducer.store(9)
    #expect(side.takeResponses().isEmpty)
    let overflow = RingOverflow(producer: 9, consumer: 4, limit: 0)
    #expect(
      side.violations == [
        .unknownIdentifier(999), .unknownStatus(TransmitStatus(rawValue: 7)), .strayNull,
        .unknownIdentifier(1), .tooManyResponses(overflow),
      ]
    )
  }

  @Test("slots of any bytes are put into the ring as they are, between frames that are right")
  func putsAnything() throws {
    let backend = try TinyBackend()
    let side = backend.frontend.transmit
    let slot = [UInt8](1...12)
    try side.put([UInt8](repeating: 0, count: 60))
    try side.put(slots: [slot, [0xFF]], ids: [0x0A09, 7], extras: 1)
    let ids = try side.put([UInt8](repeating: 0, count: 61))
    side.publish()
    #expect(side.page.slotBytes(1) == slot)
    #expect(side.page.slotBytes(2) == [0xFF] + [UInt8](repeating: 0, count: 11))
    #expect(side.page(of: ids[0])?[0..<61] == [UInt8](repeating: 0, count: 61))
    #expect(
      side.grant(of: ids[0])?.rawValue.littleEndian.bytes == Array(side.page.slotBytes(3)[0..<4])
    )
    backend.transmit.consume(4)
    for id in [0, 0x0A09, 7] as [UInt16] {
      backend.transmit.respond(TransmitResponse(id: id, status: .error))
    }
    backend.transmit.respondNull()
    _ = backend.transmit.push()
    #expect(side.takeResponses().map(\.status) == [.error, .error, .error, .null])
    #expect(side.violations.isEmpty)
    #expect(side.framesInFlight == 1)
    let many = [[UInt8]](repeating: slot, count: 257)
    #expect(throws: FrontendError.noRoom(needed: 257, free: 256)) {
      try side.put(slots: many, ids: [])
    }
  }

  @Test("the channel is raised when the backend asks for it, and responses when the frontend does")
  func raisesWhenAsked() throws {
    let backend = try TinyBackend()
    let (side, host) = (backend.frontend.transmit, backend.domains.backend)
    let descriptor = try host.openEvents()
    let local = try host.bind(descriptor, to: side.channel, of: TwoDomains.guest)
    let raised = { backend.domains.frontend.partnerCounts(of: side.channel)?.raised }
    let frame = [UInt8](repeating: 0, count: 60)
    try side.put(frame)
    #expect(side.publish())
    try side.put(frame)
    #expect(!side.publish())
    #expect(raised() == 1)
    #expect(backend.takePackets().count == 2)
    try side.put(frame)
    #expect(side.publish())
    #expect(raised() == 2)
    #expect(backend.takePackets().count == 1)
    #expect(side.takeResponses().count == 3)
    #expect(side.page.ring.responseEvent.load() == 4)
    try host.unbind(descriptor, local)
  }

  /// Some legal way to cut a frame.
  private static func plan(for count: Int, _ random: inout DomainRandom) -> TransmitPlan {
    var plan = TransmitPlan()
    if random.below(3) == 0 { plan.extras = [SegmentationExtra(size: 500, type: .tcp4).extra()] }
    if random.below(6) == 0 { plan.extras.append(HashExtra(type: 1, value: 5).extra()) }
    var left = count
    while left > 0 && plan.lengths.count < 8 && random.below(3) > 0 {
      let length = 1 + random.below(min(left, 4096))
      plan.offsets.append(random.below(4097 - length))
      plan.lengths.append(length)
      left -= length
    }
    return plan
  }
}

extension UInt32 {
  fileprivate var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) } }
}
