/// Frames that were recorded on a wire, with the checksums that they had there.
///
/// Source: FreeBSD `sys/dev/xen/netback/netback_unit_tests.c`, of which the fields and results are.
enum RecordedFrames {
  private static let ethernet: [UInt8] = [
    0x00, 0x16, 0x3E, 0x23, 0x50, 0x0B, 0x00, 0x16, 0x30, 0x00, 0x00, 0x00, 0x08, 0x00,
  ]
  private static let text = Array("FreeBSD\n".utf8)

  /// What it is, the frame with the sum over its pseudo header, and the frame with its checksum.
  static let withChecksum = [
    ("UDP", udp(0x957B), udp(0xDDE2)), ("TCP", tcp(0x9588), tcp(0x2F64)),
  ]

  private static func udp(_ checksum: UInt16) -> FramePattern {
    let network: [UInt8] = [
      0x45, 0, 0, 36, 0, 4, 0, 0, 64, 17, 0xE5, 0x6B, 192, 168, 10, 4, 192, 168, 10, 5,
    ]
    let transport: [UInt8] = [0x51, 0xAE, 0x08, 0xAE, 0, 16] + checksum.bigEndianBytes
    return FramePattern(bytes: ethernet + network + transport + text)
  }

  private static func tcp(_ checksum: UInt16) -> FramePattern {
    let network: [UInt8] = [
      0x45, 0, 0, 60, 0, 8, 0x40, 0, 64, 6, 0xA5, 0x5A, 192, 168, 10, 4, 192, 168, 10, 5,
    ]
    let transport: [UInt8] = [
      0x9C, 0xD9, 0x08, 0xAE, 0x00, 0xF7, 0x2B, 0x10, 0x7F, 0x37, 0xBA, 0x6C, 0x80, 0x18, 0x04,
      0x10,
    ]
    let options: [UInt8] = [
      0x01, 0x01, 0x08, 0x0A, 0x00, 0x00, 0x81, 0xDF, 0xCE, 0x18, 0x20, 0x7F,
    ]
    let field = checksum.bigEndianBytes + [0, 0]
    return FramePattern(bytes: ethernet + network + transport + field + options + text)
  }

  /// An echo request, whose checksums are right.
  static let echo: FramePattern = {
    let network: [UInt8] = [
      0x45, 0, 0, 84, 0, 28, 0, 0, 64, 1, 0xE5, 0x33, 192, 168, 10, 4, 192, 168, 10, 5,
    ]
    let message: [UInt8] = [
      0x08, 0x00, 0xAE, 0xD7, 0x7B, 0x04, 0, 0, 0xAC, 0xCF, 0x02, 0x4F, 0x6A, 0xC4, 0x07, 0x00,
    ]
    return FramePattern(bytes: ethernet + network + message + (8..<56).map { UInt8($0) })
  }()

  /// A request for an address.
  static let addressRequest: FramePattern = {
    let sender: [UInt8] = [0x00, 0x15, 0x17, 0xE9, 0x30, 0x68]
    let header: [UInt8] = [0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1]
    let addresses: [UInt8] = [192, 168, 10, 4, 0, 0, 0, 0, 0, 0, 192, 168, 10, 6]
    return FramePattern(
      bytes: Array(repeating: 0xFF, count: 6) + sender + header + sender + addresses
    )
  }()
}
