import RingMemory
import Testing
import XenNetif

@Suite("The backend's side of a ring")
struct BackRingTests {
  private let page: Page
  private let shared: SharedRing

  init() throws {
    page = try Page(filledWith: 0xCC)
    shared = SharedRing(page.memory, .transmit)
    shared.initialise()
  }

  private func request(_ id: UInt16) -> TransmitRequest {
    TransmitRequest(grant: GrantReference(rawValue: 1), id: id, size: 60)
  }

  @Test("Attaching begins at what is unanswered, and changes nothing")
  func attaching() throws {
    shared.responseProducer.store(10)
    shared.requestProducer.store(266)
    let before = page.bytes
    let ring = try BackRing(attachingTo: shared)
    #expect(ring.requestConsumer == 10)
    #expect(ring.responseProducer == 10)
    #expect(try ring.unconsumed() == 256)
    #expect(page.changes(since: before) == [])
  }

  @Test(
    "More unanswered than slots is refused",
    arguments: [(10, 267), (10, 9), (0, 0x8000_0000), (0xFFFF_FFFF, 256)] as [(UInt32, UInt32)]
  )
  func refusal(_ start: UInt32, _ producer: UInt32) {
    shared.responseProducer.store(start)
    shared.requestProducer.store(producer)
    #expect(throws: RingOverflow(producer: producer, consumer: start, limit: 256)) {
      try BackRing(attachingTo: shared)
    }
  }

  @Test(
    "A producer too far ahead, or going backwards, is an overflow, and bounded all the same",
    arguments: [267, 0x8000_0000, 0xFFFF_FFFF, 9] as [UInt32]
  )
  func overflow(_ producer: UInt32) throws {
    shared.requestProducer.store(10)
    var ring = try BackRing(attachingTo: shared)
    ring.consume(10)
    for id in 0..<10 as Range<UInt16> { ring.respond(TransmitResponse(id: id, status: .okay)) }
    shared.requestProducer.store(producer)
    #expect(throws: RingOverflow(producer: producer, consumer: 10, limit: 256)) {
      try ring.unconsumed()
    }
    #expect(ring.claimed == producer &- 10)
    #expect(ring.available == 256)
  }

  @Test("No slot is consumed again before it is answered")
  func room() throws {
    var ring = try BackRing(attachingTo: shared)
    shared.requestProducer.store(200)
    ring.consume(try ring.unconsumed())
    shared.requestProducer.store(300)
    #expect(try ring.unconsumed() == 56)
    ring.consume(56)
    #expect(try ring.unconsumed() == 0)
    ring.respond(TransmitResponse(id: 0, status: .okay))
    #expect(try ring.unconsumed() == 1)
  }

  @Test("A response is four bytes of twelve, one without an identifier two")
  func responses() throws {
    shared.requestProducer.store(2)
    var ring = try BackRing(attachingTo: shared)
    ring.consume(2)
    let before = page.bytes
    ring.respond(TransmitResponse(id: 0x1234, status: .error))
    ring.respondNull()
    #expect(page.changes(since: before) == Array(64..<68) + [78, 79])
    #expect(Array(page.bytes[64..<68]) == bytes("34 12 ff ff"))
    #expect(Array(page.bytes[76..<80]) == bytes("cc cc 01 00"))
    #expect(shared.responseProducer.load() == 0)
    let isDue = ring.push()
    #expect(isDue)
    #expect(page.changes(since: before) == [8] + Array(64..<68) + [78, 79])
    #expect(shared.responseProducer.load() == 2)
    // Nothing new, nobody is told.
    let isDueAgain = ring.push()
    #expect(!isDueAgain)
  }

  @Test("A control response is twelve bytes of sixteen")
  func controlResponse() throws {
    let shared = SharedRing(page.memory, .control)
    shared.requestProducer.store(1)
    var ring = try BackRing(attachingTo: shared)
    ring.consume()
    let before = page.bytes
    ring.respond(ControlResponse(id: 1, type: .setHashKey, status: .success, data: 1))
    #expect(page.changes(since: before) == Array(64..<76))
  }

  @Test(
    "The frontend is notified when what it waits for is passed",
    arguments: [
      (1, 1, true), (1, 2, false), (3, 1, true), (3, 2, true), (3, 3, true), (3, 4, false),
      (3, 0, false), (8, 8, true), (8, 9, false), (8, 0x4000_0000, false),
    ] as [(UInt32, UInt32, Bool)]
  )
  func notification(_ count: UInt32, _ event: UInt32, _ isDue: Bool) throws {
    shared.requestProducer.store(count)
    shared.responseEvent.store(event)
    var ring = try BackRing(attachingTo: shared)
    ring.consume(count)
    for _ in 0..<count { ring.respondNull() }
    let isNotified = ring.push()
    #expect(isNotified == isDue)
  }

  @Test("An event is asked for when there is nothing to do, and only then")
  func finalCheck() throws {
    var ring = try BackRing(attachingTo: shared)
    shared.requestProducer.store(5)
    let hasWorkBefore = ring.finalCheck()
    #expect(hasWorkBefore)
    #expect(shared.requestEvent.load() == 1)
    ring.consume(5)
    let hasWorkAfter = ring.finalCheck()
    #expect(!hasWorkAfter)
    #expect(shared.requestEvent.load() == 6)
    shared.requestProducer.store(6)
    let hasWorkAgain = ring.finalCheck()
    #expect(hasWorkAgain)
    #expect(shared.requestEvent.load() == 6)
  }

  @Test("What the frontend writes over the producer of responses does not matter")
  func privateSide() throws {
    shared.requestProducer.store(2)
    var ring = try BackRing(attachingTo: shared)
    ring.consume(2)
    ring.respond(TransmitResponse(id: 0, status: .okay))
    shared.responseProducer.store(77)
    let isDue = ring.push()
    #expect(isDue)
    #expect(shared.responseProducer.load() == 1)
  }
}
