import Netmap
import RingMemory
import Testing

@Suite("Vnet headers between ports of a simulated switch")
struct SwitchHeaderTests {
  static let lengths = [0, 10, 12]
  static let pairs = lengths.flatMap { source in lengths.map { (source, $0) } }
  static let header = Sample.header(12)
  /// How far the receiver's buffer is written, of the frame of 60 bytes in one slot.
  static let touched = [
    [64, 74, 76],
    [64, 128, 76],
    [64, 74, 128],
  ]

  /// The header that a receiver gets.
  static func received(_ source: Int, _ target: Int) -> [UInt8] {
    if source == target { return Sample.header(source) }
    let common = source == 0 || target == 0 ? 0 : 10
    return Array(header.prefix(common)) + [UInt8](repeating: 0, count: target - common)
  }

  @Test("a frame in one slot", arguments: pairs)
  func inOneSlot(_ source: Int, _ target: Int) throws {
    let link = try SwitchLink(source, target)
    link.receiver.fillBuffers(link.receiver.receiveRing, 0xee)
    try link.sender.send(Sample.header(source) + Sample.frame(60))
    let expected = Self.received(source, target) + Sample.frame(60)
    #expect(try link.receiver.received() == [expected.slot(0x100)])
    let touched = link.receiver.touchedBytes(ofSlot: 0, fill: 0xee)
    #expect(touched == Self.touched[min(1, source) + source / 12][min(1, target) + target / 12])
  }

  @Test("a header in a slot of its own", arguments: pairs.filter { $0.0 > 0 })
  func inItsOwnSlot(_ source: Int, _ target: Int) throws {
    let link = try SwitchLink(source, target)
    try link.sender.send([
      SentSlot(bytes: Sample.header(source), flags: .moreFragments),
      SentSlot(bytes: Sample.frame(60)),
    ])
    let expected =
      target == 0
      ? [Sample.frame(60).slot(0x100)]
      : [Self.received(source, target).slot(0x220), Sample.frame(60).slot(0x200)]
    #expect(try link.receiver.received() == expected)
  }

  @Test("a frame in three slots", arguments: pairs)
  func inThreeSlots(_ source: Int, _ target: Int) throws {
    let link = try SwitchLink(source, target)
    try link.sender.send(fragments: Sample.header(source) + Sample.frame(60), source + 20, 20, 20)
    #expect(
      try link.receiver.received() == [
        (Self.received(source, target) + Sample.frame(20)).slot(0x320),
        Array(Sample.frame(60)[20..<40]).slot(0x320),
        Array(Sample.frame(60)[40..<60]).slot(0x300),
      ]
    )
  }

  static let lost: [[Int]] = [[13, 47], [-1, 61], [13], [0]]

  @Test("an Ethernet header that does not lie whole in one slot", arguments: pairs, lost)
  func isLost(_ pair: (Int, Int), _ lengths: [Int]) throws {
    guard pair.0 > 0 else { return }
    let link = try SwitchLink(pair.0, pair.1)
    var slots = lengths
    slots[0] += pair.0
    try link.sender.send(fragments: Sample.header(pair.0) + Sample.frame(60), slots)
    #expect(try link.receiver.received().isEmpty)
    #expect(try link.kernel.counters(of: "vale0:a").undirected == 1)
    try link.sender.send(fragments: Sample.header(pair.0) + Sample.frame(14), pair.0 + 14)
    #expect(try link.receiver.received().map(\.length) == [pair.1 + 14])
  }

  static let badHeaders: [(flags: UInt8, type: UInt8, passes: Bool)] = [
    (4, 0, false), (0, 2, false), (0, 5, false), (0x80, 0, false), (2, 0, true), (0, 0x82, false),
  ]

  @Test("a header that is not known", arguments: badHeaders, pairs.filter { $0.0 > 0 })
  func isUnknown(_ bad: (flags: UInt8, type: UInt8, passes: Bool), _ pair: (Int, Int)) throws {
    let link = try SwitchLink(pair.0, pair.1)
    let rest = [UInt8](repeating: 0, count: pair.0 - 2)
    try link.sender.send([bad.flags, bad.type] + rest + Sample.frame(60))
    // Only where the header is taken away, somebody looks at it.
    let passes = bad.passes || pair.1 > 0
    #expect(try link.receiver.received().count == (passes ? 1 : 0))
    #expect(try link.kernel.counters(of: "vale0:b").missed == (passes ? 0 : 1))
  }

  @Test("a header in front of a full buffer pushes the frame's end into the next buffer")
  func overruns() throws {
    let link = try SwitchLink(0, 12)
    let ring = link.receiver.receiveRing
    link.receiver.fillBuffers(ring, 0xee)
    let frame = Sample.frame(2048)
    try link.sender.send(frame)
    try link.receiver.syncReceive()
    #expect(ring[0].length == 2060)
    let next = unsafe UnsafeRawBufferPointer(start: ring.buffer(ring[0].bufferIndex + 1), count: 13)
    #expect(unsafe [UInt8](next) == Array(frame[2036..<2048]) + [0xee])
  }

  @Test("the last buffer of the memory has no next one, and nothing is written behind it")
  func endsWithTheMemory() throws {
    let link = try SwitchLink(0, 12)
    let ring = link.receiver.receiveRing
    let last = ring.bufferCount - 1
    for position in 0..<8 as Range<UInt32> { ring[position].bufferIndex = last }
    try link.sender.send(Sample.frame(2048))
    try link.receiver.syncReceive()
    #expect(ring[0].length == 2060)
    let end = unsafe ring.buffer(last).load(fromByteOffset: 2047, as: UInt8.self)
    #expect(end == UInt8((2047 - 12) % 96))
  }
}

/// Two ports of one switch: one to send from, one to receive from.
struct SwitchLink {
  let kernel: SimulatedNetmapKernel
  let sender: BoundPort
  let receiver: BoundPort

  init(
    _ source: Int = 0,
    _ target: Int = 0,
    kernel: SimulatedNetmapKernel = SimulatedNetmapKernel(),
    slots: Int = 0
  ) throws {
    self.kernel = kernel
    sender = try BoundPort(kernel, "vale0:a", transmitSlots: slots)
    receiver = try BoundPort(kernel, "vale0:b", receiveSlots: slots)
    let port = kernel.port
    try port.setHeaderLength(sender.descriptor, of: "vale0:a", to: source)
    try port.setHeaderLength(sender.descriptor, of: "vale0:b", to: target)
  }
}

extension [UInt8] {
  /// The slot that holds exactly these bytes.
  func slot(_ flags: UInt16) -> ReceivedSlot {
    ReceivedSlot(length: count, flags: flags, bytes: self)
  }

  /// One frame in slots of so many bytes each.
  func fragments(_ lengths: [Int]) -> [SentSlot] {
    var rest = self[...]
    return lengths.enumerated().map { (index, length) in
      defer { rest = rest.dropFirst(length) }
      let isLast = index + 1 == lengths.count
      return SentSlot(bytes: [UInt8](rest.prefix(length)), flags: isLast ? [] : .moreFragments)
    }
  }
}

extension BoundPort {
  /// Sends one frame in slots of so many bytes each.
  func send(fragments bytes: [UInt8], _ lengths: Int...) throws {
    try send(bytes.fragments(lengths))
  }

  /// Sends one frame in slots of so many bytes each.
  func send(fragments bytes: [UInt8], _ lengths: [Int]) throws {
    try send(bytes.fragments(lengths))
  }
}
