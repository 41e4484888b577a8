internal import NetBackend

/// A large frame of TCP over IPv4, with the header that says how it is to be segmented.
struct SegmentationRequest {
  /// The payload bytes in each segment.
  private static let segmentSize: UInt16 = 1448
  /// The bytes of the headers of Ethernet, IP and TCP.
  private static let headersLength = 54

  /// The frame.
  let frame: FramePattern

  /// Describes a frame with so many bytes of payload.
  init(payload: Int) {
    frame = FramePattern(bytes: Self.bytes(payload: payload))
  }

  /// The header that asks for segments.
  var header: VirtioNetHeader { header(headersLength: UInt16(Self.headersLength)) }

  private func header(headersLength: UInt16) -> VirtioNetHeader {
    VirtioNetHeader {
      $0.flags = .needsChecksum
      $0.segmentation = VirtioNetHeader.Segmentation.tcp4
      $0.headersLength = headersLength
      $0.segmentSize = Self.segmentSize
      $0.checksumStart = 34
      $0.checksumOffset = 16
    }
  }

  /// What a backend may deliver: the length of the headers is a hint, which Linux sets to as much as
  /// it happens to keep in one piece.
  func forms(header length: Int) -> [FramePattern] {
    let hints = [Self.headersLength, frame.length].map { UInt16(clamping: $0) }
    let counts: [UInt16] = length == 12 ? [0, 1] : [0]
    return hints.flatMap { hint in
      counts.map { count in
        var fields = header(headersLength: hint)
        fields.bufferCount = count
        return frame.behind(fields, length: length)
      }
    }
  }

  private static func bytes(payload: Int) -> [UInt8] {
    let total = headersLength - 14 + payload
    var bytes = FramePattern(headersLength + payload, seed: 90).contents()
    bytes.replaceSubrange(12..<14, with: [0x08, 0x00])
    bytes.replaceSubrange(14..<54, with: ipv4(total: UInt16(total)) + tcp)
    return bytes
  }

  /// The addresses are those of a network that is kept for documentation.
  private static func ipv4(total: UInt16) -> [UInt8] {
    var header: [UInt8] = [
      0x45, 0, UInt8(total >> 8), UInt8(total & 0xFF), 0, 1, 0x40, 0, 64, 6, 0, 0, 192, 0, 2, 1,
      192,
      0, 2, 2,
    ]
    var sum = stride(from: 0, to: 20, by: 2).reduce(UInt32(0)) {
      $0 + UInt32(header[$1]) << 8 + UInt32(header[$1 + 1])
    }
    sum = sum & 0xFFFF + sum >> 16
    let checksum = ~UInt16(truncatingIfNeeded: sum & 0xFFFF + sum >> 16)
    header[10] = UInt8(checksum >> 8)
    header[11] = UInt8(checksum & 0xFF)
    return header
  }

  /// Ports, numbers, twenty bytes of header, acknowledgement and push; the checksum is missing.
  private static let tcp: [UInt8] = [
    0x30, 0x39, 0x30, 0x3A, 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 0xFF, 0xFF, 0, 0, 0, 0,
  ]
}

extension VirtioNetHeader {
  /// A header of zeros, changed by `change`.
  init(_ change: (inout VirtioNetHeader) -> Void) {
    self.init()
    change(&self)
  }
}
