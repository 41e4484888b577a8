import Netmap
import RingMemory
import Testing

@Suite("Buffers that a program puts into slots")
struct BufferSwapTests {
  @Test("another buffer is sent, with the flag or without", arguments: [true, false])
  func sendsAnotherBuffer(isFlagged: Bool) throws {
    let kernel = SimulatedNetmapKernel()
    let sender = try BoundPort(kernel, "vale0:a", extraBuffers: 2)
    let receiver = try BoundPort(kernel, "vale0:b")
    let ring = sender.transmitRing
    let own = ring[0].bufferIndex
    #expect(own == 1026)
    sender.publish([SentSlot(bytes: Sample.frame(60))])
    ring[0].bufferIndex = 2051
    ring[0].flags = isFlagged ? .bufferChanged : []
    sender.write(Sample.frame(61), into: 2051)
    ring[0].length = 61
    try sender.syncTransmit()
    #expect(try receiver.take() == [Sample.frame(61).slot(0x100)])
    #expect(ring[0] == NetmapSlot(bufferIndex: 2051, length: 61))
  }

  @Test("a buffer that is put into a ring to receive from is filled on the next lap")
  func fillsAnotherBuffer() throws {
    let kernel = SimulatedNetmapKernel()
    let sender = try BoundPort(kernel, "vale0:a")
    let receiver = try BoundPort(kernel, "vale0:b", receiveSlots: 8, extraBuffers: 1)
    let ring = receiver.receiveRing
    for _ in 0..<3 { try sender.send(Sample.frame(60)) }
    _ = try receiver.received()
    let own = ring[2].bufferIndex
    let other = UInt32(receiver.uint32(32))
    ring[2].bufferIndex = other
    ring[2].flags.insert(.bufferChanged)
    #expect(ring[2].flags.rawValue == 0x101)
    receiver.releaseAll()
    try receiver.syncReceive()
    #expect(ring[2].flags.rawValue == 0x100)
    receiver.write([9], into: own)
    for length in 61..<69 {
      try sender.send(Sample.frame(length))
      _ = try receiver.take()
    }
    #expect(ring[2].bufferIndex == other)
    #expect(unsafe ring.buffer(own).load(as: UInt8.self) == 9)
    #expect(unsafe ring.buffer(other).load(as: UInt8.self) == 0xff)
  }

  @Test(
    "an index that is none sends what is in buffer 0, and index 1 what is in buffer 1",
    arguments: [(0, 0), (9_999_999, 0), (UInt32.max, 0), (1, 1)] as [(UInt32, Int)]
  )
  func sendsBufferZero(_ index: UInt32, _ sent: Int) throws {
    let link = try SwitchLink()
    link.sender.write(Sample.frame(60), into: 0)
    link.sender.write(Sample.frame(58) + [1, 2], into: 1)
    link.sender.publish([SentSlot(bytes: Sample.frame(60))])
    link.sender.transmitRing[0].bufferIndex = index
    try link.sender.syncTransmit()
    let expected = sent == 0 ? Sample.frame(60) : Sample.frame(58) + [1, 2]
    #expect(try link.receiver.received() == [expected.slot(0x100)])
    #expect(link.sender.transmitRing[0].bufferIndex == index)
  }

  @Test("a receiver whose slot has no buffer gets the frame into buffer 0")
  func fillsBufferZero() throws {
    let link = try SwitchLink()
    link.receiver.receiveRing[0].bufferIndex = 9_999_999
    try link.sender.send(Sample.frame(60))
    try link.receiver.syncReceive()
    #expect(link.receiver.receiveRing[0].length == 60)
    #expect(unsafe link.receiver.buffer(0).load(as: UInt8.self) == 0xff)
  }

  @Test("an indirect slot is sent from the program's own memory")
  func sendsIndirect() throws {
    let link = try SwitchLink()
    let frame = Sample.frame(100)
    link.sender.publish([SentSlot(bytes: [], flags: .indirect, length: 100)])
    let ring = link.sender.transmitRing
    try unsafe frame.withUnsafeBytes {
      ring.slotPointer(0).store(UInt64(UInt(bitPattern: $0.baseAddress)))
      try link.sender.syncTransmit()
    }
    #expect(try link.receiver.received() == [frame.slot(0x100)])
    #expect(ring[0].flags == .indirect)
  }

  @Test(
    "a pointer to nothing is an empty slot: no frame, or a fragment of none",
    arguments: [0, 16]
  )
  func hasNoMemory(_ address: UInt64) throws {
    let link = try SwitchLink()
    let ring = link.sender.transmitRing
    ring.slotPointer(0).store(address)
    ring.slotPointer(2).store(address)
    try link.sender.send([
      SentSlot(bytes: [], flags: .indirect, length: 100),
      SentSlot(bytes: Sample.frame(60), flags: .moreFragments),
      SentSlot(bytes: [], flags: .indirect, length: 100),
    ])
    let received = try link.receiver.received()
    #expect(received.map(\.length) == [60, 0])
    #expect(received.map(\.flags) == [0x220, 0x200])
  }
}

extension BoundPort {
  /// The buffer of any index.
  func buffer(_ index: UInt32) -> UnsafeMutableRawPointer {
    unsafe transmitRing.buffer(index)
  }

  /// Writes bytes into a buffer.
  func write(_ bytes: [UInt8], into index: UInt32) {
    for (offset, byte) in bytes.enumerated() {
      unsafe buffer(index).storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    }
  }
}
