import NetBackend
import RingMemory
import Testing
import XenNetif

@Suite("Frames to a frontend")
struct NetbackReceiveTests {
  // Measured: Linux 6.1.192.
  static let layouts: [(count: Int, slots: [Int16])] = [
    (14, [14]), (42, [42]), (60, [60]), (1514, [1514]), (4095, [4095]), (4096, [4096]),
    (4097, [4096, 1]), (8191, [4096, 4095]), (8192, [4096, 4096]), (8193, [4096, 4096, 1]),
    (9014, [4096, 4096, 822]),
  ]

  @Test("lie in as few pages as they can", arguments: layouts)
  func layout(_ row: (count: Int, slots: [Int16])) throws {
    let bench = try NetbackBench()
    try bench.netback.setMTU(9000)
    let frame = SampleFrame.plain(row.count)
    try bench.post(row.slots.count)
    #expect(try bench.send(frame, in: [7, 0, 3]) == row.count)
    let found = try #require(bench.frontend.receive.takeFrames().first)
    #expect(found.bytes == frame)
    #expect(found.responses.map(\.status) == row.slots)
    #expect(found.responses.map(\.offset).allSatisfy { $0 == 0 })
    for (index, response) in found.responses.enumerated() {
      #expect(response.flags == (index + 1 < row.slots.count ? .moreData : []))
    }
    #expect(bench.frontend.violations.isEmpty)
    #expect(bench.frontend.receive.page.isUnusedIntact)
  }

  @Test("wait until there are requests for all of them", arguments: [60, 4097, 9014])
  func wait(_ count: Int) throws {
    let bench = try NetbackBench()
    try bench.netback.setMTU(9000)
    let needed = (count + 4095) / 4096
    let ring = bench.frontend.receive.page.ring
    try bench.post(needed - 1)
    let frames = [SampleFrame.plain(count), SampleFrame.plain(61)]
    for frame in frames { try bench.send(frame) }
    #expect(ring.responseProducer.load() == 0)
    #expect(ring.requestEvent.load() == UInt32(needed))
    try bench.post(1)
    #expect(bench.frontend.receive.takeFrames().map(\.bytes) == [frames[0]])
    try bench.post(1)
    #expect(bench.frontend.receive.takeFrames().map(\.bytes) == [frames[1]])
    #expect(bench.frontend.violations.isEmpty)
  }

  @Test("are bounded while nothing is posted", arguments: [(60, 8739), (1514, 347)])
  func bound(_ row: (count: Int, frames: Int)) throws {
    let bench = try NetbackBench()
    let frame = SampleFrame.plain(row.count)
    var taken = 0
    while taken < 10_000, try bench.send(frame) != nil { taken += 1 }
    #expect(taken == row.frames)
    #expect(bench.netback.drops.sendNoRoom == 1)
    try bench.post(256)
    #expect(try bench.send(frame) == row.count)
  }

  @Test("expire", arguments: [("1", UInt64(10_001)), ("0", 31)])
  func expire(_ row: (notifies: String, milliseconds: UInt64)) throws {
    var configuration = FrontendConfiguration()
    configuration.features["feature-rx-notify"] = row.notifies
    let bench = try NetbackBench(.linux, configuration)
    try bench.send(SampleFrame.plain(60))
    bench.loop.advance(milliseconds: row.milliseconds / 2)
    #expect(bench.netback.drops.sendFailed == 0)
    bench.loop.advance(milliseconds: row.milliseconds / 2 + 2)
    #expect(bench.netback.drops.sendFailed == 1)
    try bench.post(2)
    #expect(bench.frontend.receive.takeFrames().isEmpty)
    try bench.send(SampleFrame.plain(61))
    #expect(bench.frontend.receive.takeFrames().map(\.bytes.count) == [61])
  }

  @Test("find the link down while too little is posted for too long")
  func stall() throws {
    var policy = NetbackPolicy.linux
    (policy.receiveStall, policy.receiveExpiry) = (2_000_000_000, 1_000_000_000)
    let bench = try NetbackBench(policy)
    bench.loop.advance(milliseconds: 4000)
    #expect(bench.netback.hasCarrier)
    try bench.send(SampleFrame.plain(60))
    #expect(!bench.netback.hasCarrier)
    #expect(throws: BackendError.self) { try bench.send(SampleFrame.plain(61)) }
    try bench.post(17)
    #expect(bench.netback.hasCarrier)
    #expect(bench.frontend.receive.takeFrames().map(\.bytes.count) == [60])
  }

  @Test("tell a bad page in its own response and leave the others alone", arguments: 0..<3)
  func badGrant(_ position: Int) throws {
    let bench = try NetbackBench()
    try bench.netback.setMTU(9000)
    let page = bench.frontend.receive.page
    try bench.frontend.receive.post(4)
    let bad = ReceiveRequest(id: 0x55, grant: GrantReference(rawValue: 999_999))
    page.storeSlot(bad.bytes, at: UInt32(position))
    bench.frontend.receive.publish()
    bench.loop.settle()
    try bench.send(SampleFrame.plain(9014))
    try bench.send(SampleFrame.plain(60))
    let statuses = (0..<4).map { ReceiveResponse(bytes: page.slotBytes($0)).status }
    var expected: [Int16] = [4096, 4096, 822, 60]
    expected[position] = -3
    #expect(statuses == expected)
  }

  @Test("keep room in front of them", arguments: [NetbackPolicy.linux, .strict])
  func headroom(_ policy: NetbackPolicy) throws {
    var policy = policy
    policy.offers.insert(.headroom)
    let bench = try NetbackBench(policy, frontendKeys: ["xdp-headroom": "256"])
    try bench.post(8)
    try bench.netback.setMTU(9000)
    try bench.send(SampleFrame.plain(3841))
    let page = bench.frontend.receive.page
    let responses = [0, 2].map { ReceiveResponse(bytes: page.slotBytes($0)) }
    let inStatus = policy.headroomForm == .inStatus
    #expect(responses.map(\.status) == (inStatus ? [4096, 257] : [3840, 1]))
    #expect(responses.map(\.offset) == (inStatus ? [0, 0] : [256, 256]))
    #expect(responses[0].flags == [.moreData, .extraInfo])
    #expect(page.slotBytes(1) == [5, 0, 0, 1, 0, 0, 0, 0])
    let frames = bench.frontend.receive.takeFrames()
    #expect(frames.map(\.bytes) == [SampleFrame.plain(3841)])
    #expect(bench.frontend.violations.isEmpty)
  }
}
