import Netmap
import RingMemory
import Testing

@Suite("The simulated VALE switch and the real one")
struct KernelVectorTests {
  @Test(
    "every case that was played on the real kernel gives the same",
    arguments: try KernelVector.all()
  )
  func givesTheSame(_ vector: KernelVector) throws {
    let kernel = SimulatedNetmapKernel()
    let sender = try BoundPort(kernel, "vale0:a")
    let receiver = try BoundPort(kernel, "vale0:b")
    let port = kernel.port
    try port.setHeaderLength(sender.descriptor, of: "vale0:a", to: vector.srcHdr ?? 0)
    try port.setHeaderLength(sender.descriptor, of: "vale0:b", to: vector.dstHdr ?? 0)
    sender.fillBuffers(sender.transmitRing, 0xdd)
    receiver.fillBuffers(receiver.receiveRing, 0xee)

    try sender.send(vector.slots)

    let sync = try #require(vector.tx.first)
    #expect(Indices(sender.transmitRing) == Indices(sync.head, sync.cur, sync.tail))
    for slot in vector.txAfter {
      #expect(sender.transmitRing[slot.slot].length == slot.len)
      #expect(sender.transmitRing[slot.slot].flags.rawValue == slot.flags)
    }
    let received = try receiver.received()
    let rx = vector.rxSync
    #expect(Indices(receiver.receiveRing) == Indices(rx.head, rx.cur, rx.tail))
    #expect(received.count == Int(vector.rxSlots))
    for expected in vector.rx {
      let slot = try #require(received.dropFirst(Int(expected.slot)).first)
      #expect(slot.length == expected.len)
      #expect(slot.flags == expected.flags)
      #expect(slot.bytes.fnv1a32 == expected.fnv1a32)
      #expect(slot.bytes.hexadecimal.hasPrefix(expected.bytes))
      #expect(receiver.touchedBytes(ofSlot: expected.slot, fill: 0xee) == expected.touched)
    }
  }

  @Test("there are 61 of them") func areThere() throws {
    #expect(try KernelVector.all().count == 61)
  }
}

extension BoundPort {
  /// Fills the buffers of all slots of a ring.
  func fillBuffers(_ ring: NetmapRing, _ byte: UInt8) {
    for position in 0..<ring.slotCount {
      let buffer = unsafe ring.buffer(ring[position].bufferIndex)
      unsafe buffer.initializeMemory(as: UInt8.self, repeating: byte, count: ring.bufferSize)
    }
  }

  /// How far the buffer of a received slot was written.
  func touchedBytes(ofSlot position: UInt32, fill: UInt8) -> Int {
    let ring = receiveRing
    let bytes = unsafe UnsafeRawBufferPointer(
      start: ring.buffer(ring[position].bufferIndex),
      count: ring.bufferSize
    )
    return unsafe (bytes.lastIndex { $0 != fill } ?? -1) + 1
  }
}

extension [UInt8] {
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The hash that the probe computed.
  var fnv1a32: String {
    let hash = reduce(UInt32(0x811c_9dc5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - text.count) + text
  }
}
