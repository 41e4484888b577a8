import Netmap
import RingMemory
import Testing

@Suite("Lengths and fragments on a simulated switch")
struct SwitchLengthTests {
  /// What is sent, a length that begins a chain being negative, and what arrives: length and flags.
  struct Case: Sendable, CustomTestStringConvertible {
    var sent: [Int]
    var received: [(Int, UInt16)]
    var testDescription: String { "\(sent)" }
  }

  static func slots(_ lengths: [Int]) -> [SentSlot] {
    var frame = Sample.frame(8192)
    return lengths.map { (length) in
      let count = min(abs(length), 2048)
      let flags: NetmapSlotFlags = length < 0 || length == more ? .moreFragments : []
      let used = length == more ? 0 : count
      let slot = SentSlot(
        bytes: Array(frame.prefix(used)),
        flags: flags,
        length: length == more ? 0 : UInt16(abs(length))
      )
      if flags.isEmpty { frame = Sample.frame(8192) } else { frame.removeFirst(used) }
      return slot
    }
  }

  /// An empty slot whose chain goes on.
  static let more = -65_536

  static let cases = [
    Case(sent: [1], received: []), Case(sent: [13], received: []),
    Case(sent: [14], received: [(14, 0x100)]),
    Case(sent: [-13, 60], received: []),
    Case(sent: [-14, 60], received: [(14, 0x220), (60, 0x200)]),
    Case(sent: [13, 60], received: [(60, 0x100)]),
    Case(sent: [0], received: []),
    Case(sent: [60, 0, 60], received: [(60, 0x100), (60, 0x100)]),
    Case(sent: [more, 60], received: [(0, 0x220), (60, 0x200)]),
    Case(sent: [more, 14], received: [(0, 0x220), (14, 0x200)]),
    Case(sent: [more, 13], received: []), Case(sent: [more, 0], received: []),
    Case(sent: [more], received: []), Case(sent: [more, more, 60], received: []),
    Case(sent: [-60, 0], received: [(60, 0x220), (0, 0x200)]),
    Case(sent: [-60, more, 40], received: [(60, 0x320), (0, 0x320), (40, 0x300)]),
    Case(sent: [-100, -60], received: [(100, 0x220), (60, 0x200)]),
    Case(sent: [60, -100], received: [(60, 0x100), (100, 0x100)]),
    Case(sent: [-60], received: [(60, 0x100)]),
    Case(sent: [2048], received: [(2048, 0x100)]),
    Case(sent: [2049], received: []), Case(sent: [65_535], received: []),
    Case(sent: [-2049, 60], received: []),
    Case(sent: [-60, 2049], received: [(60, 0x220), (0, 0x200)]),
    Case(sent: [-60, -2049, 60], received: [(60, 0x320), (0, 0x320), (60, 0x300)]),
    Case(sent: [-100, 100, 60], received: [(100, 0x220), (100, 0x200), (60, 0x100)]),
  ]

  @Test("what is sent, and what arrives", arguments: cases)
  func arrives(_ expected: Case) throws {
    let link = try SwitchLink()
    let sent = Self.slots(expected.sent)
    try link.sender.send(sent)
    let received = try link.receiver.received()
    #expect(received.map(\.length) == expected.received.map(\.0))
    #expect(received.map(\.flags) == expected.received.map(\.1))
    let count = UInt32(sent.count)
    #expect(Indices(link.sender.transmitRing) == Indices(count, count, count - 1))
    for (position, slot) in sent.enumerated() {
      #expect(link.sender.transmitRing[UInt32(position)].length == slot.length)
      #expect(link.sender.transmitRing[UInt32(position)].flags == slot.flags)
    }
  }

  @Test("a chain ends with the sync it began in")
  func endsWithTheSync() throws {
    let link = try SwitchLink()
    try link.sender.send(Self.slots([-100]))
    try link.sender.send(Self.slots([60]))
    let received = try link.receiver.received()
    #expect(received == [Sample.frame(100).slot(0x100), Sample.frame(60).slot(0x100)])
  }

  static let touched = [
    (59, 64), (60, 64), (63, 64), (64, 64), (65, 128), (1023, 1024), (1024, 1024), (1025, 1025),
    (2048, 2048),
  ]

  @Test(
    "short slots are copied in pieces of 64 bytes, what is behind them included",
    arguments: touched
  )
  func copiesPieces(_ length: Int, _ touched: Int) throws {
    let link = try SwitchLink()
    link.sender.fillBuffers(link.sender.transmitRing, 0xdd)
    link.receiver.fillBuffers(link.receiver.receiveRing, 0xee)
    try link.sender.send(Sample.frame(length))
    #expect(try link.receiver.received() == [Sample.frame(length).slot(0x100)])
    #expect(link.receiver.touchedBytes(ofSlot: 0, fill: 0xee) == touched)
    let ring = link.receiver.receiveRing
    let last = unsafe ring.buffer(ring[0].bufferIndex).load(
      fromByteOffset: touched - 1,
      as: UInt8.self
    )
    #expect(last == (touched > length ? 0xdd : Sample.frame(length).last))
  }

  static let smallBuffers = [
    Case(
      sent: [60, 1500, 1024, 1025, 2048, 60],
      received: [60, 0, 1024, 0, 0, 60].map { ($0, 0x100) }
    ),
    Case(sent: [-60, -1500, 60], received: [(60, 0x320), (0, 0x320), (60, 0x300)]),
  ]

  @Test("a slot that is longer than the receiver's buffers comes empty", arguments: smallBuffers)
  func hasSmallBuffers(_ expected: Case) throws {
    let kernel = SimulatedNetmapKernel()
    let sender = try BoundPort(kernel, "vale0:a")
    kernel.setBufferSize(1024)
    let receiver = try BoundPort(kernel, "vale0:b")
    try sender.send(Self.slots(expected.sent))
    let received = try receiver.received()
    #expect(received.map(\.length) == expected.received.map(\.0))
    #expect(received.map(\.flags) == expected.received.map(\.1))
  }

  @Test("a chain has up to 255 fragments", arguments: [63, 64, 65, 70, 128, 255])
  func hasManyFragments(_ count: Int) throws {
    let link = try SwitchLink()
    let lengths = [Int](repeating: 20, count: count)
    try link.sender.send(fragments: Sample.frame(20 * count), lengths)
    let received = try link.receiver.received()
    #expect(received.flatMap(\.bytes) == Sample.frame(20 * count))
    let flags = UInt16(count << 8)
    #expect(received.map(\.flags) == [UInt16](repeating: flags | 0x20, count: count - 1) + [flags])
  }

  @Test(
    "a chain of more, with which the real kernel hangs, is refused, and the next one passes",
    arguments: [256, 257, 300, 512, 513, 1000]
  )
  func refusesMore(_ count: Int) throws {
    let link = try SwitchLink()
    let lengths = [Int](repeating: 20, count: count)
    let chain = Sample.frame(20 * count).fragments(lengths)
    try link.sender.send(
      [SentSlot(bytes: Sample.frame(61))] + chain + [SentSlot(bytes: Sample.frame(60))]
    )
    #expect(try link.receiver.received().map(\.length) == [61, 60])
    #expect(try link.kernel.counters(of: "vale0:a").refused == 1)
    #expect(link.sender.transmitRing.tail == UInt32(count + 1))
    // Also one that is cut by the head.
    try link.sender.send([SentSlot](repeating: chain[0], count: 20))
    try link.sender.send([SentSlot](repeating: chain[0], count: min(count, 1000)))
    try link.sender.send(Sample.frame(62))
    #expect(try link.kernel.counters(of: "vale0:a").refused == 2)
    #expect(try link.receiver.received().map(\.length).last == 62)
  }

  @Test("flags of the sender's do not pass, and the port in their high byte is nobody")
  func dropsFlags() throws {
    let link = try SwitchLink()
    let flags = NetmapSlotFlags(rawValue: 0x070a)
    try link.sender.send([SentSlot(bytes: Sample.frame(60), flags: flags)])
    #expect(try link.receiver.received() == [Sample.frame(60).slot(0x100)])
    #expect(link.sender.transmitRing[0].flags == flags)
  }
}
