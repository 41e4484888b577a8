import RingMemory
import SystemPackage
import Testing
import XenNetif

@Suite("The grants of a netback")
struct NetbackGrantTests {
  /// A chain of 18 slots, of which each begins at an odd byte.
  private static func chain(_ pages: GuestPages) -> [TransmitSlot] {
    (0..<18).map { number in
      .data(
        number % 4,
        number == 0 ? 18 * 3001 : 3001,
        at: 7 * number,
        number == 17 ? 0 : 4,
        id: UInt16(number)
      )
    }
  }

  @Test("are copied within pages, whatever the number of copies")
  func bounds() throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(4, of: bench)
    bench.hypervisor.recordGrantOperations(true)
    bench.publish((0..<10).flatMap { _ in Self.chain(pages) }, pages)
    let expected = (0..<18).flatMap { pages.bytes($0 % 4, 7 * $0, 3001) }
    let frames = try bench.receiveAll()
    #expect(frames.count == 10 && frames.allSatisfy { $0 == expected })
    for operation in bench.hypervisor.takeGrantOperations() {
      guard
        case .copy(let direction, let offset, let length, let local, let initial) =
          operation.kind
      else { continue }
      #expect(direction == .fromGrant && length > 0 && initial != .okay)
      #expect(Int(offset) + Int(length) <= 4096 && Int(local) + Int(length) <= 4096)
      #expect(operation.domain == NetbackBench.domains.frontend)
    }
    #expect(bench.responses(0..<180).allSatisfy { $0.hasSuffix(":0") })
  }

  static let failures: [Int16] = Array(-13 ... -1) + [-99]

  @Test("that fail lose their packet and no other", arguments: failures, 0..<3)
  func failing(_ status: Int16, position: Int) throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(4, of: bench)
    let fault = GrantFault(.copy, with: GrantStatus(rawValue: status))
    bench.guest.arrange(fault, on: pages.grants[position])
    let slots: [TransmitSlot] = [
      .data(3, 64, id: 1), .data(0, 1000, 4, id: 2), .data(1, 300, 4, id: 3), .data(2, 400, id: 4),
      .data(3, 65, id: 5),
    ]
    bench.publish(slots, pages)
    #expect(try bench.receiveAll().map(\.count) == [64, 65])
    let failed = bench.responses(0..<5).filter { $0.hasSuffix(":-1") }
    #expect(failed == ["\(position + 2):-1"])
    #expect(bench.producedResponses == 5)
  }

  @Test("that are to be tried again are")
  func again() throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(1, of: bench)
    bench.guest.arrange(
      GrantFault(.copy, with: .again, FaultSchedule(times: 3)),
      on: pages.grants[0]
    )
    bench.publish([.data(0, 60, id: 1)], pages)
    #expect(bench.responses(0..<1) == ["1:0"])
    #expect(try bench.receiveAll() == [pages.bytes(0, 0, 60)])
  }

  @Test(
    "are read before the response: what is written afterwards is not seen",
    arguments: [100, 4000]
  )
  func overwrite(_ size: Int) throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(1, of: bench)
    let before = pages.bytes(0, 0, size)
    bench.publish([.data(0, size, id: 1)], pages)
    #expect(bench.producedResponses == 1)
    pages.pages[0].fill(0xEE)
    #expect(try bench.receiveAll() == [before])
  }

  @Test("are not touched for what has no bytes, nor for groups")
  func untouched() throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(3, of: bench)
    let group = MulticastExtra(address: [1, 0, 0x5E, 0, 0, 1])
    bench.publish(
      [
        .data(0, 100, 4, id: 1), .data(1, 0, 4, id: 2), .data(1, 0, id: 3),
        .data(2, 60, 8, id: 4), .extra(group.extra(.multicastAdd)),
      ],
      pages
    )
    #expect(try bench.receiveAll().map(\.count) == [100])
    #expect(pages.grants.map { bench.guest.use(of: $0).copies } == [1, 0, 0])
  }

  @Test("of rings that cannot be mapped leave nothing mapped", arguments: [true, false])
  func rings(_ isTransmit: Bool) throws {
    let bench = try NetbackBench(connecting: false)
    let grant = isTransmit ? bench.frontend.transmit.grant : bench.frontend.receive.grant
    bench.guest.arrange(GrantFault(.map, with: .noDeviceSpace), on: grant)
    try bench.connect()
    #expect(bench.holdsNothing(watches: 1))
    #expect(!bench.netback.hasCarrier)
  }
}
