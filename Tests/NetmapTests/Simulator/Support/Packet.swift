/// A packet of TCP or UDP, over IPv4 or IPv6, as a guest hands it over to be segmented.
struct Packet: Sendable, CustomStringConvertible {
  var payload: Int
  var isIPv6 = false
  /// The number of VLAN tags.
  var tags = 0
  var isUDP = false
  /// The type in the Ethernet header, if it is to be another.
  var kind: Int?

  var ethernet: Int { 14 + 4 * tags }
  var network: Int { isIPv6 ? 40 : 20 }
  var transport: Int { isUDP ? 8 : 20 }
  /// The length of all headers in bytes, the vnet header aside.
  var headers: Int { ethernet + network + transport }

  var description: String {
    "\(isUDP ? "UDP" : "TCP") over IPv\(isIPv6 ? 6 : 4), \(tags) tags, \(payload) bytes"
  }

  /// The vnet header of 12 bytes that asks for segments of 1448 bytes.
  var header: [UInt8] {
    let type: UInt8 = isUDP ? 3 : isIPv6 ? 4 : 1
    return Sample.segmentationHeader(12, type: type, headers: UInt8(headers))
  }

  /// The frame.
  var bytes: [UInt8] {
    let kind = kind ?? (isIPv6 ? 0x86dd : 0x0800)
    let tag: [UInt8] = [0x81, 0x00, 0x00, 0x05]
    let tagged = (0..<tags).flatMap { _ in tag }
    let length = transport + payload
    let number: UInt8 = isUDP ? 17 : 6
    let ip: [UInt8] =
      isIPv6
      ? [0x60, 0, 0, 0] + Self.word(length) + [number, 64] + [UInt8](1...32)
      : [0x45, 0] + Self.word(20 + length) + [0x12, 0x34, 0x40, 0, 0x40, number, 0, 0]
        + [10, 0, 0, 1, 10, 0, 0, 2]
    let rest: [UInt8] =
      isUDP
      ? [0, 7, 0, 9] + Self.word(length) + [0, 0]
      : [0x10, 0, 0x20, 0, 0, 0, 0x10, 0, 0, 0, 0, 1, 0x50, 0x19, 0xff, 0xff, 0, 0, 0, 0]
    return Sample.broadcast + Sample.source + tagged + Self.word(kind) + ip + rest
      + Sample.pattern(0..<payload)
  }

  /// The frame with the sum of the pseudo header in its checksum field.
  var withPseudoSum: [UInt8] {
    var bytes = bytes
    let place = ethernet + network + (isUDP ? 6 : 16)
    let sum = Segment(bytes, self).pseudoSum
    bytes.replaceSubrange(place..<place + 2, with: Self.word(sum))
    return bytes
  }

  private static func word(_ value: Int) -> [UInt8] {
    [UInt8(value >> 8 & 0xff), UInt8(value & 0xff)]
  }
}

/// A packet that was received, taken apart.
struct Segment {
  private let bytes: [UInt8]
  private let packet: Packet

  init(_ bytes: [UInt8], _ packet: Packet) {
    self.bytes = bytes
    self.packet = packet
  }

  private func word(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }
  private var ip: Int { packet.ethernet }
  private var transport: Int { ip + packet.network }

  /// The length of the packet of IP in bytes, as its header says.
  var length: Int { packet.isIPv6 ? word(ip + 4) + 40 : word(ip + 2) }
  var identifier: Int { word(ip + 4) }
  var sequence: Int { word(transport + 4) << 16 | word(transport + 6) }
  var flags: UInt8 { bytes[transport + 13] }

  /// Whether all checksums are right.
  var isSummedUp: Bool {
    let rest = Array(bytes[transport...])
    let isPacketRight = Self.sum(rest, from: pseudoSum) == 0xffff
    if packet.isUDP && word(transport + 4) != rest.count { return false }
    if packet.isIPv6 { return isPacketRight }
    return isPacketRight && Self.sum(Array(bytes[ip..<transport]), from: 0) == 0xffff
  }

  /// The sum over the pseudo header of TCP and UDP.
  var pseudoSum: Int {
    let addresses = packet.isIPv6 ? bytes[ip + 8..<ip + 40] : bytes[ip + 12..<ip + 20]
    return Self.sum(Array(addresses), from: (packet.isUDP ? 17 : 6) + bytes.count - transport)
  }

  private static func sum(_ bytes: [UInt8], from start: Int) -> Int {
    var sum = start
    for (index, byte) in bytes.enumerated() { sum += index % 2 == 0 ? Int(byte) << 8 : Int(byte) }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    return sum
  }
}
