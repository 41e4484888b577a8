import RingMemory
import Testing
import XenNetif

@Suite("Both sides of a ring")
struct RingExchangeTests {
  @Test("Requests and responses pass in order, wherever indices wrap", arguments: starts)
  func exchange(_ start: UInt32) throws {
    let page = try Page(filledWith: 0xCC)
    let shared = SharedRing(page.memory, .transmit)
    var front = FrontRing(initialising: shared, at: start)
    var back = try BackRing(attachingTo: shared)
    var sent: UInt16 = 0
    var seen: UInt16 = 0
    for count in [1, 2, 255, 256, 100, 256] as [UInt32] {
      #expect(front.room == 256)
      for _ in 0..<count {
        front.request(TransmitRequest(grant: GrantReference(rawValue: 9), id: sent, size: 60))
        sent &+= 1
      }
      #expect(try back.unconsumed() == 0)
      let isBackendDue = front.push()
      #expect(isBackendDue)
      #expect(try back.unconsumed() == count)
      for _ in 0..<count {
        let request = shared.value(at: back.requestConsumer, as: TransmitRequest.self)
        back.consume()
        back.respond(TransmitResponse(id: request.id, status: .okay))
      }
      let isFrontendDue = back.push()
      #expect(isFrontendDue)
      let hasRequests = back.finalCheck()
      #expect(!hasRequests)
      #expect(try front.unconsumed() == count)
      for _ in 0..<count {
        let response = front.take(as: TransmitResponse.self)
        #expect(response == TransmitResponse(id: seen, status: .okay))
        seen &+= 1
      }
      let hasResponses = front.finalCheck()
      #expect(!hasResponses)
    }
    #expect(back.requestConsumer == start &+ 870)
    #expect(page.bytes[3136...].allSatisfy { $0 == 0xCC })
  }

  private static let starts: [UInt32] = [0, 5, 254, 0xFFFF_FFFE, 0x7FFF_FFFF]

  @Test("Responses to requests that were never made are an overflow")
  func inventedResponses() throws {
    let page = try Page(filledWith: 0)
    let shared = SharedRing(page.memory, .receive)
    var front = FrontRing(initialising: shared)
    front.request(ReceiveRequest(id: 1, grant: GrantReference(rawValue: 1)))
    let isDue = front.push()
    #expect(isDue)
    shared.responseProducer.store(2)
    #expect(throws: RingOverflow(producer: 2, consumer: 0, limit: 1)) { try front.unconsumed() }
  }

  @Test("No wake-up is lost between two threads")
  func wakingUp() async throws {
    let page = try Page(filledWith: 0)
    let shared = SharedRing(page.memory, .transmit)
    let front = FrontRing(initialising: shared)
    let back = try BackRing(attachingTo: shared)
    let toBack = Bell()
    let toFront = Bell()
    let total: UInt32 = 5000
    async let answered = answer(total, back, hear: toBack, ring: toFront)
    let ids = await send(total, front, hear: toFront, ring: toBack)
    #expect(await answered == total)
    #expect(ids == total)
    #expect(shared.responseProducer.load() == total)
  }

  /// Sends requests and takes responses; the number of those that were the right ones.
  private func send(_ total: UInt32, _ ring: FrontRing, hear: Bell, ring bell: Bell) async
    -> UInt32
  {
    var front = ring
    var right: UInt32 = 0
    while front.responseConsumer < total {
      while front.room > 0 && front.requestProducer < total {
        let id = UInt16(truncatingIfNeeded: front.requestProducer)
        front.request(TransmitRequest(grant: GrantReference(rawValue: 1), id: id, size: 60))
        if front.requestProducer % 7 == 0 { break }
      }
      if front.push() { bell.ring() }
      while let count = try? front.unconsumed(), count > 0 {
        let expected = UInt16(truncatingIfNeeded: front.responseConsumer)
        right += front.take(as: TransmitResponse.self).id == expected ? 1 : 0
      }
      let isFull = front.room == 0 || front.requestProducer == total
      if isFull && front.responseConsumer < total && !front.finalCheck() { await hear.wait() }
    }
    return right
  }

  /// Answers requests until there have been enough; how many.
  private func answer(_ total: UInt32, _ ring: BackRing, hear: Bell, ring bell: Bell) async
    -> UInt32
  {
    var back = ring
    while back.requestConsumer < total {
      while let count = try? back.unconsumed(), count > 0 {
        let request = back.ring.value(at: back.requestConsumer, as: TransmitRequest.self)
        back.consume()
        back.respond(TransmitResponse(id: request.id, status: .okay))
        if back.push() { bell.ring() }
      }
      if back.requestConsumer < total && !back.finalCheck() { await hear.wait() }
    }
    return back.requestConsumer
  }
}
