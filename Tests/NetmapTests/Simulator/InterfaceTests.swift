import Netmap
import SystemPackage
import Testing

@Suite("The simulated network card")
struct InterfaceTests {
  static func kernel(slots: Int = 8, rings: Int = 1, bufferSize: Int = 2048) throws
    -> SimulatedNetmapKernel
  {
    let kernel = SimulatedNetmapKernel()
    var geometry = NetmapGeometry()
    geometry.transmitSlots = slots
    geometry.receiveSlots = slots
    geometry.transmitRings = rings
    geometry.receiveRings = rings
    geometry.bufferSize = bufferSize
    try kernel.addInterface("eth0", geometry: geometry)
    return kernel
  }

  @Test("what is published goes to the wire, and the slots come back")
  func sends() throws {
    let kernel = try Self.kernel()
    let port = try BoundPort(kernel, "eth0")
    let slots = [
      SentSlot(bytes: [1, 2, 3]), SentSlot(bytes: [4], flags: .moreFragments),
      SentSlot(bytes: [5, 6]),
    ]
    try port.send(slots)
    #expect(kernel.takeSent(from: "eth0").map(\.bytes) == [[1, 2, 3], [4, 5, 6]])
    #expect(Indices(port.transmitRing) == Indices(3, 3, 2))
    #expect(kernel.takeSent(from: "eth0").isEmpty)
  }

  @Test("a chain whose end is not published yet waits for it")
  func waitsForTheEnd() throws {
    let kernel = try Self.kernel()
    let port = try BoundPort(kernel, "eth0")
    try port.send([SentSlot(bytes: [1], flags: .moreFragments)])
    #expect(kernel.takeSent(from: "eth0").isEmpty)
    #expect(Indices(port.transmitRing) == Indices(1, 1, 7))
    try port.send([2])
    #expect(kernel.takeSent(from: "eth0").map(\.bytes) == [[1, 2]])
    #expect(Indices(port.transmitRing) == Indices(2, 2, 1))
  }

  @Test("a wire that is slow leaves slots in the ring, and takes them at later syncs")
  func limitsTheWire() throws {
    let kernel = try Self.kernel()
    let port = try BoundPort(kernel, "eth0")
    try kernel.limitWire("eth0", slotsPerSync: 2)
    try port.send((0..<5).map { SentSlot(bytes: [$0]) })
    #expect(Indices(port.transmitRing) == Indices(5, 5, 1))
    try port.syncTransmit()
    #expect(Indices(port.transmitRing) == Indices(5, 5, 3))
    try kernel.limitWire("eth0", slotsPerSync: 0)
    try port.syncTransmit()
    #expect(Indices(port.transmitRing) == Indices(5, 5, 3))
    try kernel.limitWire("eth0", slotsPerSync: nil)
    try port.syncTransmit()
    #expect(Indices(port.transmitRing) == Indices(5, 5, 4))
    #expect(kernel.takeSent(from: "eth0").map(\.bytes) == [[0], [1], [2], [3], [4]])
  }

  @Test("an injected frame is split over buffers, without a count of fragments")
  func splits() throws {
    let kernel = try Self.kernel(bufferSize: 64)
    let port = try BoundPort(kernel, "eth0")
    let frame = (0..<130).map { UInt8($0) }
    try kernel.inject(frame, into: "eth0")
    try kernel.inject(Array(frame.prefix(128)), into: "eth0")
    let slots = try port.received()
    #expect(slots.map(\.length) == [64, 64, 2, 64, 64])
    #expect(slots.map(\.flags) == [0x20, 0x20, 0, 0x20, 0])
    #expect(slots.prefix(3).flatMap(\.bytes) == frame)
  }

  @Test("injected frames wait until slots are released, and none is lost")
  func waitsForSlots() throws {
    let kernel = try Self.kernel(slots: 4)
    let port = try BoundPort(kernel, "eth0")
    for number in 0..<8 { try kernel.inject([UInt8(number)], into: "eth0") }
    var seen: [UInt8] = []
    while true {
      let slots = try port.take()
      if slots.isEmpty { break }
      #expect(slots.count <= 3)
      seen += slots.flatMap(\.bytes)
    }
    #expect(seen == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(try kernel.counters(of: "eth0").received == 8)
  }

  @Test("frames go to the ring that they were injected into, and leave from theirs")
  func hasSeveralRings() throws {
    let kernel = try Self.kernel(rings: 3)
    let port = try BoundPort(kernel, "eth0")
    try kernel.inject([7], into: "eth0", ring: 2)
    #expect(try port.received(on: 0).isEmpty)
    #expect(try port.received(on: 2).map(\.bytes) == [[7]])
    try port.send([SentSlot(bytes: [9])], on: 1)
    #expect(kernel.takeSent(from: "eth0") == [SimulatedNetmapFrame(bytes: [9], ring: 1)])
    #expect(throws: Errno.invalidArgument) { try kernel.inject([7], into: "eth0", ring: 3) }
  }

  @Test("what a card still holds is gone once it is closed")
  func startsFresh() throws {
    let kernel = try Self.kernel()
    let first = try BoundPort(kernel, "eth0")
    try kernel.inject([1], into: "eth0")
    try first.close()
    try kernel.inject([2], into: "eth0")
    let second = try BoundPort(kernel, "eth0")
    #expect(try second.received().isEmpty)
    #expect(try kernel.counters(of: "eth0").missed == 1)
  }

  @Test("a slot's length has 16 bits, also if a buffer is longer")
  func splitsAtTheLongestSlot() throws {
    let kernel = try Self.kernel(bufferSize: 65_536)
    let port = try BoundPort(kernel, "eth0")
    try kernel.inject([UInt8](repeating: 7, count: 65_536), into: "eth0")
    #expect(try port.received().map(\.length) == [65_535, 1])
  }

  @Test("a frame that could never fit the ring is counted, and the next one passes")
  func missesWhatCannotFit() throws {
    let kernel = try Self.kernel(slots: 4, bufferSize: 64)
    let port = try BoundPort(kernel, "eth0")
    try kernel.inject([UInt8](repeating: 1, count: 193), into: "eth0")
    try kernel.inject([UInt8](repeating: 2, count: 192), into: "eth0")
    #expect(try port.received().map(\.length) == [64, 64, 64])
    #expect(try kernel.counters(of: "eth0").missed == 1)
  }
}
