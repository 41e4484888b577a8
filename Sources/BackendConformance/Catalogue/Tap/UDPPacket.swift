internal import NetBackend

/// A UDP packet over IPv4 in an Ethernet frame, with its checksum open and completed.
///
/// Addresses are those set aside for documentation and the suite's own of Ethernet.
/// Source: RFC 768 and RFC 791; RFC 5737 for the addresses.
struct UDPPacket {
  private static let start = 34
  private static let offset = 6
  private let payload: [UInt8]

  /// Describes a packet with `payloadLength` bytes behind the UDP header.
  init(payloadLength: Int) {
    payload = (0..<payloadLength).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
  }

  /// The header that says which checksum is open.
  var header: VirtioNetHeader {
    var header = VirtioNetHeader()
    header.flags = .needsChecksum
    header.checksumStart = UInt16(Self.start)
    header.checksumOffset = UInt16(Self.offset)
    return header
  }

  /// The frame with the sum over the pseudo header where the checksum belongs.
  var open: [UInt8] { frame(checksum: Self.sum(pseudoHeader)) }

  /// The frame with its checksum.
  var completed: [UInt8] {
    let sum = ~Self.sum(pseudoHeader + udp(checksum: 0))
    return frame(checksum: sum == 0 ? 0xFFFF : sum)
  }

  private var length: UInt16 { UInt16(8 + payload.count) }

  private var addresses: [UInt8] { [192, 0, 2, 1, 192, 0, 2, 2] }

  private var pseudoHeader: [UInt8] { addresses + [0, 17] + Self.bytes(length) }

  private func udp(checksum: UInt16) -> [UInt8] {
    [0x13, 0x88, 0x13, 0x89] + Self.bytes(length) + Self.bytes(checksum) + payload
  }

  private func frame(checksum: UInt16) -> [UInt8] {
    let ethernet = Array(FramePattern.ethernetHeader.prefix(12)) + [0x08, 0x00]
    return ethernet + internetHeader + udp(checksum: checksum)
  }

  private var internetHeader: [UInt8] {
    let front = [0x45, 0] + Self.bytes(length + 20) + [0, 1, 0, 0, 64, 17]
    return front + Self.bytes(~Self.sum(front + addresses)) + addresses
  }

  private static func bytes(_ word: UInt16) -> [UInt8] {
    [UInt8(word >> 8), UInt8(truncatingIfNeeded: word)]
  }

  /// The sum of sixteen-bit words in ones' complement, an odd last byte followed by zero.
  private static func sum(_ bytes: [UInt8]) -> UInt16 {
    let words = bytes.enumerated().reduce(UInt32(0)) { sum, next in
      sum + UInt32(next.element) << (next.offset % 2 == 0 ? 8 : 0)
    }
    let folded = (words & 0xFFFF) + (words >> 16)
    return UInt16(truncatingIfNeeded: (folded & 0xFFFF) + (folded >> 16))
  }
}
