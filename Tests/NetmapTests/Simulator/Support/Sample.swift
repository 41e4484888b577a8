/// Frames and headers as the probe on the real kernel made them.
enum Sample {
  static let broadcast: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
  static let source: [UInt8] = [2, 0, 0, 0, 0, 1]

  /// The bytes of a frame from one position to another, behind the Ethernet header.
  static func pattern(_ range: Range<Int>) -> [UInt8] { range.map { UInt8($0 % 96) } }

  /// A frame of so many bytes.
  static func frame(
    _ length: Int,
    to destination: [UInt8] = broadcast,
    from source: [UInt8] = source
  ) -> [UInt8] {
    let start = destination + source + [0x88, 0xb5]
    return length <= 14 ? Array(start.prefix(length)) : start + pattern(14..<length)
  }

  /// A vnet header of 0, 10 or 12 bytes whose fields are not looked at.
  static func header(_ length: Int) -> [UInt8] {
    let bytes: [UInt8] = [0, 0, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a]
    return Array(bytes.prefix(length))
  }

  /// A vnet header that asks for a checksum.
  static func checksumHeader(_ length: Int, start: UInt8, offset: UInt8) -> [UInt8] {
    let bytes: [UInt8] = [1, 0, 0, 0, 0, 0, start, 0, offset, 0, 0, 0]
    return Array(bytes.prefix(length))
  }

  /// A vnet header that asks for segments.
  static func segmentationHeader(_ length: Int, type: UInt8, headers: UInt8 = 54) -> [UInt8] {
    let bytes: [UInt8] = [1, type, headers, 0, 0xa8, 0x05, 0x22, 0, 0x10, 0, 0, 0]
    return Array(bytes.prefix(length))
  }

  /// A UDP datagram over IPv4 of 62 bytes; its checksum field holds the pseudo header's sum.
  static func datagram() -> [UInt8] {
    broadcast + source + [
      0x08, 0x00, 0x45, 0x00, 0x00, 0x30, 0x00, 0x01, 0x00, 0x00, 0x40, 0x11, 0x66, 0xba,
      0x0a, 0, 0, 1, 0x0a, 0, 0, 2, 0x00, 0x07, 0x00, 0x09, 0x00, 0x1c, 0x14, 0x30,
    ] + pattern(8..<28)
  }

  /// A TCP segment over IPv4 of so many bytes of payload, FIN, PSH and ACK set.
  static func segment(payload: Int, tags: [UInt8] = []) -> [UInt8] {
    let total = 40 + payload
    let headers: [UInt8] = [
      0x08, 0x00, 0x45, 0x00, UInt8(total >> 8), UInt8(total & 0xff), 0x12, 0x34, 0x40, 0x00,
      0x40, 0x06, 0, 0, 0x0a, 0, 0, 1, 0x0a, 0, 0, 2, 0x10, 0x00, 0x20, 0x00, 0, 0, 0x10, 0,
      0, 0, 0, 1, 0x50, 0x19, 0xff, 0xff, 0, 0, 0, 0,
    ]
    return broadcast + source + tags + headers + pattern(0..<payload)
  }
}
