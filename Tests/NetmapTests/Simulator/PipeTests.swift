import Netmap
import RingMemory
import Testing

@Suite("A simulated pipe")
struct PipeTests {
  static let parents = ["vale5:p", "eth0", "nothing"]

  private func pipe(
    _ parent: String = "vale5:p",
    slots: Int = 0
  ) throws -> (kernel: SimulatedNetmapKernel, master: BoundPort, slave: BoundPort) {
    let kernel = SimulatedNetmapKernel()
    try kernel.addInterface("eth0")
    let master = try BoundPort(
      kernel,
      "\(parent){1",
      transmitSlots: slots,
      receiveSlots: slots
    )
    return (kernel, master, try BoundPort(kernel, "\(parent)}1"))
  }

  @Test(
    "slots are handed over, whole chains only, without a count of fragments",
    arguments: parents
  )
  func handsOver(_ parent: String) throws {
    let (_, master, slave) = try pipe(parent)
    #expect(master.transmitRing[0].bufferIndex == 1026)
    #expect(slave.receiveRing[0].bufferIndex == 1026)
    #expect(master.registered.memorySize == 42_369_024)
    #expect(master.registered.geometry.transmitSlots == 1024)
    try master.send([
      SentSlot(bytes: Sample.frame(60)),
      SentSlot(bytes: Sample.frame(100), flags: .moreFragments),
      SentSlot(bytes: Sample.frame(50)), SentSlot(bytes: []),
      SentSlot(bytes: Sample.frame(70), flags: .moreFragments),
    ])
    let received = try slave.received()
    #expect(received.map(\.length) == [60, 100, 50, 0])
    #expect(received.map(\.flags) == [0, 0x20, 0, 0])
    #expect(received[1].bytes == Sample.frame(100))
    #expect(Indices(master.transmitRing) == Indices(5, 5, 1023))
    slave.releaseAll()
    try slave.syncReceive()
    #expect(master.transmitRing.tail == 1023)
    try master.syncTransmit()
    #expect(Indices(master.transmitRing) == Indices(5, 5, 3))
    #expect(master.transmitRing[0].bufferIndex == 1026)
    #expect(slave.receiveRing[0].bufferIndex == 1026)
    try master.send(Sample.frame(71))
    #expect(try slave.received().map(\.length) == [70, 71])
  }

  @Test("a slow receiver leaves slots in the sender's ring")
  func pushesBack() throws {
    let (kernel, master, slave) = try pipe(slots: 12)
    try master.send((0..<10).map { SentSlot(bytes: [$0]) })
    #expect(master.transmitRing.tail == 11)
    _ = try slave.received()
    slave.receiveRing.head = 7
    slave.receiveRing.current = 7
    try slave.syncReceive()
    try master.syncTransmit()
    #expect(Indices(master.transmitRing) == Indices(10, 10, 6))
    try master.send((10..<18).map { SentSlot(bytes: [$0]) })
    #expect(Indices(master.transmitRing) == Indices(6, 6, 6))
    #expect(kernel.poll(master.descriptor, for: .writable) == [])
    #expect(try slave.take().flatMap(\.bytes) == Array(7..<18))
    #expect(kernel.poll(master.descriptor, for: .writable) == .writable)
  }

  @Test("both ways are apart, and both ends may be bound first", arguments: [true, false])
  func goesBothWays(masterFirst: Bool) throws {
    let kernel = SimulatedNetmapKernel()
    let names = masterFirst ? ["x{1", "x}1"] : ["x}1", "x{1"]
    let ends = try names.map { try BoundPort(kernel, $0) }
    try ends[0].send([1])
    try ends[1].send([2])
    #expect(try ends[1].take().map(\.bytes) == [[1]])
    #expect(try ends[0].take().map(\.bytes) == [[2]])
  }

  @Test("a buffer that the receiver exchanges goes to the sender")
  func exchangesBuffers() throws {
    let (_, master, slave) = try pipe()
    try master.send(Sample.frame(60))
    _ = try slave.received()
    slave.receiveRing[0].bufferIndex = 2000
    slave.receiveRing[0].flags.insert(.bufferChanged)
    slave.releaseAll()
    try slave.syncReceive()
    #expect(master.transmitRing[0].bufferIndex == 2000)
    #expect(slave.receiveRing[0].flags == [])
  }

  @Test("frames are there for an end that is bound later, and as long as one end is")
  func keepsFrames() throws {
    let kernel = SimulatedNetmapKernel()
    let master = try BoundPort(kernel, "x{1")
    try master.send([1])
    let slave = try BoundPort(kernel, "x}1")
    #expect(try slave.take().map(\.bytes) == [[1]])
    try slave.close()
    try master.send([2])
    let again = try BoundPort(kernel, "x}1")
    #expect(try again.take().map(\.bytes) == [[2]])
    try master.close()
    try again.close()
    #expect(kernel.portNames.isEmpty)
  }

  @Test("a port and its pipes share the memory")
  func sharesMemory() throws {
    let kernel = SimulatedNetmapKernel()
    let port = try BoundPort(kernel, "vale5:p")
    let master = try BoundPort(kernel, "vale5:p{1")
    #expect(master.registered.memoryID == port.registered.memoryID)
    #expect(master.registered.offset == 1024)
    #expect(master.receiveRing[0].bufferIndex == 2050)
    try port.close()
    try master.send([1])
    let slave = try BoundPort(kernel, "vale5:p}1")
    #expect(try slave.take().map(\.bytes) == [[1]])
  }

  @Test("an end without frames to show is told of those that come")
  func callsHooks() throws {
    let (kernel, master, slave) = try pipe()
    let seen = Seen()
    try kernel.onArrival(slave.descriptor) { seen.count() }
    try master.send([SentSlot(bytes: [1], flags: .moreFragments)])
    #expect(seen.value == 0)
    try master.send([2])
    #expect(seen.value == 1)
  }
}
