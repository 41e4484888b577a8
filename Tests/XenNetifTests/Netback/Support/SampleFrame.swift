/// Frames between 10.0.0.1 and 10.0.0.2, or fd00::1 and fd00::2, ports 12345 and 80 or 12346.
///
/// Their checksum fields hold the sum over the pseudo header, to be completed.
enum SampleFrame {
  static func tcp4(_ payload: Int, words: UInt8 = 5) -> [UInt8] {
    let segment = tcp(payload)
    return ip4(protocol: 6, segment, checksumAt: 16, words: words)
  }

  static func udp4(_ payload: Int) -> [UInt8] { ip4(protocol: 17, udp(payload), checksumAt: 6) }

  static func tcp6(_ payload: Int) -> [UInt8] { ip6(protocol: 6, tcp(payload), checksumAt: 16) }

  static func udp6(_ payload: Int) -> [UInt8] { ip6(protocol: 17, udp(payload), checksumAt: 6) }

  /// A frame of no protocol that has checksums.
  static func plain(_ count: Int, to address: [UInt8] = ethernet(0x88B5).prefix(6) + []) -> [UInt8]
  {
    var frame = ethernet(0x88B5)
    frame.replaceSubrange(0..<6, with: address)
    frame += (0..<max(0, count - 14)).map { UInt8(truncatingIfNeeded: 5 * $0 + $0 >> 8) }
    return Array(frame.prefix(count))
  }

  static func ethernet(_ type: UInt16) -> [UInt8] {
    Array(repeating: 0xFF, count: 6) + [2, 0, 0, 0, 0, 1] + big(type)
  }

  static func big(_ word: UInt16) -> [UInt8] {
    [UInt8(word >> 8), UInt8(truncatingIfNeeded: word)]
  }

  static func word(_ bytes: [UInt8], _ offset: Int) -> UInt16 {
    UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
  }

  /// The ones' complement sum of words.
  static func sum(_ bytes: [UInt8], _ initial: UInt32 = 0) -> UInt16 {
    var sum = initial
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += UInt32(bytes[index]) << 8 + (index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0)
    }
    while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
    return UInt16(sum)
  }

  private static func tcp(_ payload: Int) -> [UInt8] {
    let header: [UInt8] = big(12345) + big(80) + [0, 0, 0x10, 0, 0, 0, 0, 1, 0x50, 0x19]
    return header + big(0x2000) + [0, 0, 0, 0] + data(payload)
  }

  private static func udp(_ payload: Int) -> [UInt8] {
    big(12345) + big(12346) + big(UInt16(8 + payload)) + [0, 0] + data(payload)
  }

  private static func data(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: 3 * $0 + 1) }
  }

  private static func ip4(
    protocol number: UInt8,
    _ segment: [UInt8],
    checksumAt field: Int,
    words: UInt8 = 5
  ) -> [UInt8] {
    let addresses: [UInt8] = [10, 0, 0, 1, 10, 0, 0, 2]
    let count = Int(words) * 4
    var header: [UInt8] =
      [0x40 | words, 0] + big(UInt16(truncatingIfNeeded: count + segment.count))
    header += [0x12, 0x34, 0, 0, 64, number, 0, 0] + addresses
    header += Array(repeating: 1, count: count - 20)
    header.replaceSubrange(10..<12, with: big(~sum(header)))
    return ethernet(0x0800) + header + filled(segment, addresses, number, field)
  }

  private static func ip6(
    protocol number: UInt8,
    _ segment: [UInt8],
    checksumAt field: Int
  ) -> [UInt8] {
    let host: [UInt8] = [0xFD] + Array(repeating: 0, count: 14)
    let addresses = host + [1] + host + [2]
    let header = [0x60, 0, 0, 0] + big(UInt16(segment.count)) + [number, 64] + addresses
    return ethernet(0x86DD) + header + filled(segment, addresses, number, field)
  }

  private static func filled(
    _ segment: [UInt8],
    _ addresses: [UInt8],
    _ number: UInt8,
    _ field: Int
  ) -> [UInt8] {
    var segment = segment
    let pseudo = sum(addresses, UInt32(number) + UInt32(segment.count))
    segment.replaceSubrange(field..<field + 2, with: big(pseudo))
    return segment
  }

  /// Whether the checksum of a frame's transport protocol is right.
  static func isChecksumRight(_ frame: [UInt8]) -> Bool {
    let isIP4 = word(frame, 12) == 0x0800
    let start = isIP4 ? 14 + Int(frame[14] & 15) * 4 : 54
    let addresses = isIP4 ? frame[26..<34] : frame[22..<54]
    let number = isIP4 ? frame[23] : frame[20]
    let initial = UInt32(sum(Array(addresses))) + UInt32(number) + UInt32(frame.count - start)
    return sum(Array(frame[start...]), initial) == 0xFFFF
  }
}
