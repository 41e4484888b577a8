import NetBackend
import RingMemory
import Testing
import XenNetif

@Suite("A frontend that breaks the protocol")
struct NetbackFatalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var slots: [TransmitSlot]
    /// The event that is asked for afterwards, with Linux's policy.
    var event: UInt32 = 1
  }

  // Measured: Linux 6.1.192.
  static let cases: [Case] = [
    Case(
      testDescription: "bytes beyond the page",
      slots: [.data(0, 60, at: 4037, id: 1)],
      event: 2
    ),
    Case(
      testDescription: "an offset beyond 16 bits",
      slots: [.data(0, 0x1000, at: 0xF000, id: 1)],
      event: 2
    ),
    Case(testDescription: "a short chain", slots: [.data(0, 150, 4, id: 1)], event: 2),
    Case(
      testDescription: "a short chain of two",
      slots: [.data(0, 150, 4, id: 1), .data(1, 50, 4, id: 2)]
    ),
    Case(testDescription: "an extra that is not there", slots: [.data(0, 100, 8, id: 1)], event: 2),
    Case(
      testDescription: "an unknown extra",
      slots: [.data(0, 100, 8, id: 1), .extra(ExtraInfo(type: ExtraType(rawValue: 9)))],
      event: 3
    ),
    Case(
      testDescription: "segments of no bytes",
      slots: [.data(0, 100, 8, id: 1), .extra(SegmentationExtra(size: 0, type: .tcp4).extra())],
      event: 3
    ),
    Case(
      testDescription: "22 slots",
      slots: [.data(0, 22 * 60, 4, id: 0)]
        + (1..<22).map { .data(1, 60, $0 < 21 ? 4 : 0, id: UInt16($0)) }
    ),
  ]

  @Test("is looked at no more by Linux", arguments: cases)
  func isDisabled(_ row: Case) throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(4, of: bench)
    bench.publish(row.slots, pages)
    #expect(bench.netback.isDisabled)
    #expect(!bench.netback.hasCarrier)
    #expect(bench.producedResponses == 0)
    #expect(bench.transmitEvent == row.event)
    #expect(bench.frontend.backendState == .connected)
    bench.publish([.data(0, 60, id: 77)], pages, at: UInt32(row.slots.count))
    #expect(bench.producedResponses == 0)
    #expect(try bench.receiveAll().isEmpty)
    #expect(throws: BackendError.self) { try bench.send(Array(repeating: 0, count: 60)) }
    try bench.setState(.closing)
    #expect(bench.frontend.backendState == .closing)
    try bench.setState(.closed)
    #expect(bench.frontend.backendState == .closed)
  }

  @Test("is answered with errors by the narrow policy, slot by slot", arguments: cases)
  func isAnswered(_ row: Case) throws {
    let bench = try NetbackBench(.strict)
    let pages = try GuestPages(4, of: bench)
    bench.publish(row.slots, pages)
    let expected = row.slots.map { slot in
      if case .data(_, _, _, _, let id) = slot { "\(id):-1" } else { "null" }
    }
    let count = UInt32(row.slots.count)
    #expect(bench.responses(0..<count) == expected)
    bench.publish([.data(0, 60, id: 77)], pages, at: count)
    #expect(bench.responses(count..<count + 1) == ["77:0"])
    #expect(try bench.receiveAll() == [pages.bytes(0, 0, 60)])
  }

  @Test("and claims requests that there cannot be", arguments: [257, 0x8000_0000, 0xFFFF_FFFF])
  func overflow(_ producer: UInt32) throws {
    let bench = try NetbackBench()
    bench.frontend.transmit.page.ring.requestProducer.store(producer)
    bench.frontend.transmit.kick()
    bench.loop.settle()
    #expect(bench.netback.isDisabled)
    #expect(bench.producedResponses == 0)
    #expect(bench.transmitEvent == 1)
  }

  @Test("and frames before it are delivered and answered")
  func packetsBefore() throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(4, of: bench)
    bench.publish(
      [
        .data(0, 60, id: 1), .data(1, 1000, id: 2), .data(2, 60, at: 4090, id: 3),
        .data(3, 60, id: 4),
      ],
      pages
    )
    #expect(bench.netback.isDisabled)
    #expect(bench.responses(0..<2) == ["1:0", "2:0"])
    #expect(bench.producedResponses == 2)
    #expect(try bench.receiveAll() == [pages.bytes(0, 0, 60), pages.bytes(1, 0, 1000)])
  }

  @Test("may complete a short chain later if the policy waits")
  func waits() throws {
    let bench = try NetbackBench(.freeBSD)
    let pages = try GuestPages(4, of: bench)
    bench.publish([.data(0, 150, 4, id: 1)], pages)
    #expect(bench.producedResponses == 0)
    #expect(bench.transmitEvent == 2)
    bench.publish([.data(1, 50, id: 2)], pages, at: 1)
    #expect(bench.responses(0..<2) == ["1:0", "2:0"])
    #expect(try bench.receiveAll() == [pages.bytes(0, 0, 100) + pages.bytes(1, 0, 50)])
  }
}
