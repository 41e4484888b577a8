import RingMemory
import Testing
import XenNetif

@Suite("The notifications of a netback")
struct NetbackNotificationTests {
  private static func bench(isSplit: Bool = false, start: UInt32 = 0) throws -> NetbackBench {
    var configuration = FrontendConfiguration()
    configuration.isSplit = isSplit
    configuration.transmitStart = start
    return try NetbackBench(.linux, configuration)
  }

  // Measured: Linux 6.1.192.
  @Test(
    "of responses come when they are waited for",
    arguments: [
      (1, 1, true), (1, 2, false), (3, 1, true), (3, 2, true), (3, 3, true), (3, 4, false),
      (3, 0, false), (8, 1, true), (8, 5, true), (8, 8, true), (8, 9, false),
      (3, 0x4000_0000, false),
    ] as [(Int, UInt32, Bool)],
    [60, 1000]
  )
  func transmit(_ row: (count: Int, event: UInt32, isDue: Bool), size: Int) throws {
    let bench = try Self.bench()
    let pages = try GuestPages(1, of: bench)
    let channel = bench.frontend.transmit.channel
    _ = bench.guest.takePending(channel)
    let before = bench.guest.counts(of: channel)?.raised ?? 0
    bench.frontend.transmit.page.ring.responseEvent.store(row.event)
    bench.publish((0..<row.count).map { .data(0, size, id: UInt16($0)) }, pages)
    #expect(bench.producedResponses == UInt32(row.count))
    let raised = (bench.guest.counts(of: channel)?.raised ?? 0) - before
    #expect(raised == (row.isDue ? 1 : 0))
  }

  @Test(
    "of received frames come when they are waited for",
    arguments: [(1, true), (2, true), (3, true), (4, false), (0, false)] as [(UInt32, Bool)]
  )
  func receive(_ row: (event: UInt32, isDue: Bool)) throws {
    let bench = try Self.bench()
    try bench.netback.setMTU(9000)
    try bench.post(8)
    _ = bench.guest.takePending(bench.frontend.receive.channel)
    bench.frontend.receive.page.ring.responseEvent.store(row.event)
    try bench.send(SampleFrame.plain(9014))
    #expect(bench.guest.takePending(bench.frontend.receive.channel) == row.isDue)
  }

  @Test("go through the channel of their ring")
  func split() throws {
    let bench = try Self.bench(isSplit: true)
    let pages = try GuestPages(1, of: bench)
    let (transmit, receive) = (bench.frontend.transmit.channel, bench.frontend.receive.channel)
    for channel in [transmit, receive] { _ = bench.guest.takePending(channel) }
    bench.publish([TransmitSlot.data(0, 60, id: 1).bytes(pages)], kicking: false)
    bench.guest.raise(receive)
    bench.loop.settle()
    #expect(bench.producedResponses == 0)
    bench.guest.raise(transmit)
    bench.loop.settle()
    #expect(bench.producedResponses == 1)
    #expect(bench.guest.takePending(transmit))
    #expect(!bench.guest.takePending(receive))
    try bench.post(1)
    try bench.send(SampleFrame.plain(60))
    #expect(!bench.guest.takePending(transmit))
    #expect(bench.guest.takePending(receive))
  }

  @Test("that find nothing to do change nothing, and are told to be spurious")
  func spurious() throws {
    let bench = try Self.bench()
    let channel = bench.frontend.transmit.channel
    let before = bench.frontend.transmit.page.page.bytes
    let counts = try #require(bench.guest.partnerCounts(of: channel))
    for _ in 0..<1000 {
      bench.guest.raise(channel)
      bench.loop.settle()
    }
    #expect(bench.frontend.transmit.page.page.bytes == before)
    let after = try #require(bench.guest.partnerCounts(of: channel))
    #expect(after.spurious - counts.spurious == 1000)
  }

  @Test(
    "are not needed for what a batch begins with",
    arguments: [0, 254, 0xFFFF_FFFE] as [UInt32]
  )
  func indices(_ start: UInt32) throws {
    let bench = try Self.bench(start: start)
    let pages = try GuestPages(4, of: bench)
    var index = start
    for size in 60..<70 {
      bench.publish(
        [.data(0, size * 2, 4, id: 1), .data(1, size, id: 2), .data(2, 13, id: 3)],
        pages,
        at: index
      )
      #expect(bench.frontend.transmit.page.isUnusedIntact)
      index &+= 3
      #expect(bench.producedResponses == index)
      #expect(bench.transmitEvent == index &+ 1)
    }
    #expect(try bench.receiveAll().map(\.count) == (60..<70).map { $0 * 2 })
  }
}
