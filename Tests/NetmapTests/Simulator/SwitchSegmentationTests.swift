import Netmap
import RingMemory
import Testing

@Suite("Segmentation towards a port without a header on a simulated switch")
struct SwitchSegmentationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var packet: Packet
    /// The lengths of the slots, the vnet header's included; the last takes what is left.
    var slots: [Int] = []
    var lengths: [Int]
    var testDescription: String { "\(packet) in \(slots), \(lengths)" }
  }

  static let tcp4 = Packet(payload: 3000)
  static let cases = [
    Case(packet: tcp4, slots: [1066, 1000], lengths: [1514, 1514, 134]),
    Case(packet: tcp4, slots: [12, 54, 1500], lengths: [1514, 1514, 134]),
    Case(packet: tcp4, slots: [66, 1500], lengths: [1514, 1514, 134]),
    Case(packet: Packet(payload: 1460), lengths: [1514]),
    Case(packet: Packet(payload: 1), lengths: [55]),
    Case(packet: Packet(payload: 1461), lengths: [1514, 55]),
    Case(packet: Packet(payload: 2920), slots: [1066], lengths: [1514, 1514]),
    Case(packet: Packet(payload: 3000, tags: 1), slots: [1066, 1000], lengths: [1514, 1514, 146]),
    Case(packet: Packet(payload: 3000, tags: 2), slots: [1066, 1000], lengths: [1514, 1514, 158]),
    Case(
      packet: Packet(payload: 3000, isIPv6: true),
      slots: [1066, 1000],
      lengths: [1514, 1514, 194]
    ),
    Case(
      packet: Packet(payload: 3000, isUDP: true),
      slots: [1066, 1000],
      lengths: [1514, 1514, 98]
    ),
    Case(
      packet: Packet(payload: 3000, isIPv6: true, isUDP: true),
      slots: [1066, 1000],
      lengths: [1514, 1514, 158]
    ),
    Case(
      packet: Packet(payload: 3001, isIPv6: true, tags: 1, isUDP: true),
      slots: [1066, 1001],
      lengths: [1514, 1514, 171]
    ),
  ]

  @Test("a long frame comes as frames that fill the receiver's longest", arguments: cases)
  func isCut(_ expected: Case) throws {
    let link = try SwitchLink(12, 0)
    let packet = expected.packet
    try link.sender.send(fragments: packet.header + packet.bytes, rest: expected.slots)
    let received = try link.receiver.received()
    #expect(received.map(\.length) == expected.lengths)
    #expect(received.map(\.flags).allSatisfy { $0 == 0 })
    var payload: [UInt8] = []
    for (index, slot) in received.enumerated() {
      let segment = Segment(slot.bytes, packet)
      #expect(segment.isSummedUp)
      #expect(segment.length == slot.length - packet.ethernet)
      if !packet.isIPv6 { #expect(segment.identifier == 0x1234 + index) }
      if !packet.isUDP {
        #expect(segment.sequence == 0x1000 + payload.count)
        #expect(segment.flags == (index + 1 == received.count ? 0x19 : 0x10))
      }
      payload += slot.bytes.dropFirst(packet.headers)
    }
    #expect(payload == Sample.pattern(0..<packet.payload))
  }

  static let short: [(Packet, Int)] = [
    (tcp4, 12 + 13), (tcp4, 12 + 33), (tcp4, 12 + 53),
    (Packet(payload: 3000, isIPv6: true), 12 + 53), (Packet(payload: 3000, isIPv6: true), 12 + 73),
    (Packet(payload: 3000, isUDP: true), 12 + 41), (Packet(payload: 3000, tags: 1), 12 + 17),
    (Packet(payload: 3000, kind: 0x0806), 1066),
  ]

  @Test("headers that are cut, or of another protocol, are dropped whole", arguments: short)
  func isDropped(_ packet: Packet, _ first: Int) throws {
    let link = try SwitchLink(12, 0)
    try link.sender.send(fragments: packet.header + packet.bytes, rest: [first, 1000])
    #expect(try link.receiver.received().isEmpty)
    let counters = try link.kernel.counters(of: "vale0:b")
    let undirected = try link.kernel.counters(of: "vale0:a").undirected
    #expect(counters.missed + undirected == 1)
    try link.sender.send(Sample.header(12).zeroed + Sample.frame(60))
    #expect(try link.receiver.received() == [Sample.frame(60).slot(0x100)])
  }

  @Test("headers without payload come to nothing")
  func isEmpty() throws {
    let link = try SwitchLink(12, 0)
    let packet = Packet(payload: 0)
    try link.sender.send(packet.header + packet.bytes)
    #expect(try link.receiver.received().isEmpty)
  }

  @Test("without slots for all segments there are none, and the frame behind them arrives")
  func needsAllSlots() throws {
    let kernel = SimulatedNetmapKernel()
    let sender = try BoundPort(kernel, "vale0:a")
    let receiver = try BoundPort(kernel, "vale0:b", receiveSlots: 3)
    try kernel.port.setHeaderLength(sender.descriptor, of: "vale0:a", to: 12)
    let long = (Self.tcp4.header + Self.tcp4.bytes).fragments([2048, 1018])
    let frame = [SentSlot(bytes: Sample.header(12).zeroed + Sample.frame(60))]
    try sender.send(long + frame)
    #expect(try receiver.take() == [Sample.frame(60).slot(0x100)])
    try sender.send(frame + long + frame)
    // The chain of two slots does not fit one, which also takes what is behind it along.
    #expect(try receiver.take() == [Sample.frame(60).slot(0x100)])
  }

  @Test("a port that once had a header takes frames as long as its buffers")
  func keepsItsLimit() throws {
    let link = try SwitchLink(12, 0)
    try link.kernel.port.setHeaderLength(link.sender.descriptor, of: "vale0:b", to: 12)
    try link.kernel.port.setHeaderLength(link.sender.descriptor, of: "vale0:b", to: 0)
    let packet = Self.tcp4
    try link.sender.send(fragments: packet.header + packet.bytes, rest: [1066, 1000])
    #expect(try link.receiver.received().map(\.length) == [2048, 1060])
  }

  @Test("towards a port with a header the frame passes as it is", arguments: [10, 12])
  func passes(_ header: Int) throws {
    let link = try SwitchLink(12, header)
    let packet = Self.tcp4
    try link.sender.send(fragments: packet.header + packet.bytes, rest: [1066, 1000])
    let received = try link.receiver.received()
    #expect(received.flatMap(\.bytes) == packet.header.prefix(header) + packet.bytes)
    #expect(received.map(\.flags) == [0x320, 0x320, 0x300])
  }
}

@Suite("Checksums that a simulated switch completes")
struct SwitchChecksumTests {
  static func header(start: UInt8 = 34, offset: UInt8 = 6) -> [UInt8] {
    Sample.checksumHeader(12, start: start, offset: offset)
  }

  @Test("a checksum is completed where the header is taken away")
  func completes() throws {
    let link = try SwitchLink(12, 0)
    try link.sender.send(Self.header() + Sample.datagram())
    let received = try link.receiver.received()
    #expect(received.map(\.length) == [62])
    #expect(received[0].bytes[40..<42] == [0x40, 0xef])
  }

  static let untouched: [(UInt8, UInt8, [Int])] = [
    (60, 6, []), (34, 29, []), (200, 0, []), (34, 6, [46]),
  ]

  @Test("a field behind the first slot's end is left alone", arguments: untouched)
  func leavesAlone(_ start: UInt8, _ offset: UInt8, _ slots: [Int]) throws {
    let link = try SwitchLink(12, 0)
    let bytes = Self.header(start: start, offset: offset) + Sample.datagram()
    try link.sender.send(fragments: bytes, rest: slots)
    #expect(try link.receiver.received().flatMap(\.bytes) == Sample.datagram())
  }

  @Test(
    "the sum goes over all slots, and is right if those in front are even",
    arguments: [([12], true), ([54], true), ([12, 50], true), ([64, 2], true), ([61], false)]
  )
  func goesOverSlots(_ slots: [Int], _ isRight: Bool) throws {
    let link = try SwitchLink(12, 0)
    try link.sender.send(fragments: Self.header() + Sample.datagram(), rest: slots)
    let bytes = try link.receiver.received().flatMap(\.bytes)
    #expect(bytes.count == 62)
    #expect((Array(bytes[40..<42]) == [0x40, 0xef]) == isRight)
  }

  @Test("IPv6 and TCP are no other than UDP: the header says where", arguments: [true, false])
  func isAnyProtocol(isUDP: Bool) throws {
    let link = try SwitchLink(12, 0)
    let packet = Packet(payload: 101, isIPv6: true, isUDP: isUDP)
    let header = Self.header(start: 54, offset: isUDP ? 6 : 16)
    try link.sender.send(header + packet.withPseudoSum)
    let received = try #require(try link.receiver.received().first)
    #expect(Segment(received.bytes, packet).isSummedUp)
  }

  @Test("towards a port with a header nothing is completed")
  func passes() throws {
    let link = try SwitchLink(12, 10)
    try link.sender.send(Self.header() + Sample.datagram())
    let received = try link.receiver.received()
    #expect(received.map(\.bytes) == [Self.header().prefix(10) + Sample.datagram()])
  }
}

extension [UInt8] {
  fileprivate var zeroed: [UInt8] { [UInt8](repeating: 0, count: count) }
}

extension BoundPort {
  /// Sends one frame in slots of so many bytes each, and what is left in a last one.
  fileprivate func send(fragments bytes: [UInt8], rest lengths: [Int]) throws {
    try send(fragments: bytes, lengths + [bytes.count - lengths.reduce(0, +)])
  }
}
