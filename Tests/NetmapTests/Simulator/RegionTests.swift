import Netmap
import RingMemory
import Testing

@Suite("The memory of a simulated port")
struct RegionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var slots = (transmit: 0, receive: 0)
    var rings = 0
    var extra = 0
    /// What is given: slots to send from and to receive from.
    var given = (transmit: 1024, receive: 1024)
    var memorySize: Int
    /// The offsets of the rings to send from and to receive from.
    var transmit = [32_768]
    var receive = [12_288]
    /// The first buffers of their slots.
    var firstTransmitBuffers: [UInt32] = [1026]
    var firstReceiveBuffers: [UInt32] = [2]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing asked for", memorySize: 42_369_024),
    Case(
      name: "8 and 16 slots",
      slots: (8, 16),
      given: (8, 16),
      memorySize: 8_814_592,
      firstTransmitBuffers: [18]
    ),
    Case(
      name: "1 slot",
      slots: (1, 1),
      given: (1, 1),
      memorySize: 8_814_592,
      firstTransmitBuffers: [3]
    ),
    Case(
      name: "3 and 5 slots",
      slots: (3, 5),
      given: (3, 5),
      memorySize: 8_814_592,
      firstTransmitBuffers: [7]
    ),
    Case(
      name: "more slots than there may be",
      slots: (5000, 4096),
      given: (4096, 4096),
      memorySize: 169_893_888,
      transmit: [78_080],
      firstTransmitBuffers: [4098]
    ),
    Case(name: "5 buffers more", extra: 5, memorySize: 42_381_312),
    Case(
      name: "2 rings each way",
      rings: 2,
      memorySize: 46_604_288,
      transmit: [53_248, 73_728],
      receive: [12_288, 32_768],
      firstTransmitBuffers: [2050, 3074],
      firstReceiveBuffers: [2, 1026]
    ),
  ]

  @Test("a port's memory is laid out as the kernel lays it out", arguments: cases)
  func isLaidOut(_ expected: Case) throws {
    let port = try BoundPort(
      SimulatedNetmapKernel(),
      "vale5:p",
      transmitSlots: expected.slots.transmit,
      receiveSlots: expected.slots.receive,
      rings: expected.rings,
      extraBuffers: expected.extra,
      hasViews: expected.given.transmit > 1
    )
    let geometry = port.registered.geometry
    #expect(geometry.transmitSlots == expected.given.transmit)
    #expect(geometry.receiveSlots == expected.given.receive)
    #expect(geometry.extraBuffers == expected.extra)
    #expect(port.registered.memorySize == expected.memorySize)
    #expect(port.registered.offset == 0)
    #expect(port.registered.memoryID == 2)
    let transmit = expected.transmit, receive = expected.receive
    let offsets = (0..<transmit.count + receive.count + 2).map { port.int64(56 + $0 * 8) }
    #expect(offsets == (transmit + [0] + receive + [0]).map(Int64.init))
    for (offset, first) in zip(transmit, expected.firstTransmitBuffers) {
      #expect(port.uint32(offset + 256) == first)
      #expect(port.uint32(offset + 20) == 0)
      #expect(port.uint32(offset + 24) == 0)
      #expect(port.uint32(offset + 28) == UInt32(expected.given.transmit - 1))
    }
    for (offset, first) in zip(receive, expected.firstReceiveBuffers) {
      #expect(port.uint32(offset + 256) == first)
      #expect(port.uint32(offset + 28) == 0)
    }
  }

  @Test("fields and slots of a new port are as they were measured")
  func hasFields() throws {
    let port = try BoundPort(SimulatedNetmapKernel(), "vale5:p")
    #expect(port.int64(32_768) == 389_120)
    #expect(port.int64(12_288) == 409_600)
    #expect(port.uint32(32_768 + 8) == 1024)
    #expect(port.uint32(32_768 + 12) == 2048)
    #expect(port.uint32(32_768 + 16) == 0x1_0000)
    #expect(port.uint32(12_288 + 16) == 0)
    #expect(port.uint32(12_288 + 32) == 0)
    #expect(port.int64(12_288 + 56) == 0)
    #expect([16, 20, 24, 28, 32, 36, 40].map(port.uint32) == [0, 1, 1, 1, 0, 1, 1])
    let slot = port.receiveRing[1023]
    #expect(slot == NetmapSlot(bufferIndex: 1025, length: 2048))
    #expect(port.receiveRing.slotPointer(1023).load() == 0)
  }

  @Test("extra buffers are a chain from the last one to the first")
  func chainsExtraBuffers() throws {
    let port = try BoundPort(SimulatedNetmapKernel(), "vale5:p", extraBuffers: 5)
    var chain = [port.uint32(32)]
    while let index = chain.last, index != 0 {
      chain.append(unsafe port.transmitRing.buffer(index).load(as: UInt32.self))
    }
    #expect(chain == [2054, 2053, 2052, 2051, 2050, 0])
  }

  @Test("the same port opened twice shares the memory, with a second interface at 1024")
  func isShared() throws {
    let kernel = SimulatedNetmapKernel()
    let first = try BoundPort(kernel, "vale5:p")
    let second = try BoundPort(kernel, "vale5:p")
    #expect(second.registered.offset == 1024)
    #expect(second.registered.memoryID == first.registered.memoryID)
    #expect(second.int64(1024 + 56) == 32_768 - 1024)
    first.transmitRing.head = 7
    #expect(second.transmitRing.head == 7)
    try second.close()
    #expect(try BoundPort(kernel, "vale5:p").registered.offset == 1024)
  }

  @Test("each port has memory of its own, with the lowest free number")
  func hasOwnMemory() throws {
    let kernel = SimulatedNetmapKernel()
    let first = try BoundPort(kernel, "vale5:a")
    let second = try BoundPort(kernel, "vale5:b")
    #expect(second.registered.memoryID == 3)
    try first.close()
    #expect(try BoundPort(kernel, "vale6:c").registered.memoryID == 2)
  }

  @Test("only the rings that are bound are there")
  func hasBoundRings() throws {
    var request = NetmapRegistration(port: "vale5:p", flags: .transmitRingsOnly)
    request.geometry.transmitRings = 2
    let port = try BoundPort(SimulatedNetmapKernel(), request)
    #expect(port.interface.receiveRings.isEmpty)
    #expect((0..<5).map { port.int64(56 + $0 * 8) } == [12_288, 32_768, 0, 0, 0])
  }

  @Test("what was mapped is there after the descriptor is closed")
  func outlivesTheDescriptor() throws {
    let port = try BoundPort(SimulatedNetmapKernel(), "vale5:p")
    try port.close()
    #expect(port.transmitRing.tail == 0)
    port.transmitRing.head = 1
  }
}

extension BoundPort {
  /// A word of the memory.
  func uint32(_ offset: Int) -> UInt32 {
    unsafe memory.base.load(fromByteOffset: offset, as: UInt32.self)
  }

  /// A long word of the memory.
  func int64(_ offset: Int) -> Int64 {
    unsafe memory.base.load(fromByteOffset: offset, as: Int64.self)
  }
}
