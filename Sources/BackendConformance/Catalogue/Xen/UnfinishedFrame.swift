internal import NetBackend

/// A frame of TCP over IPv4 or IPv6 whose checksum is still to be filled in.
struct UnfinishedFrame {
  /// The payload bytes in each segment, if it is to be cut.
  static let segmentSize = 1448
  /// The bytes of the vnet header that goes in front.
  static let headerLength = 10

  /// Whether it is IPv6.
  let isIP6: Bool
  /// The bytes of the frame.
  let bytes: [UInt8]

  /// Describes a frame with so many bytes of payload.
  init(ip6 isIP6: Bool, payload: Int) {
    self.isIP6 = isIP6
    let ip4 = SegmentationRequest(payload: payload).frame.contents()
    guard isIP6 else {
      bytes = ip4
      return
    }
    let transport = ip4[34...]
    let (high, low) = (UInt8(transport.count >> 8), UInt8(transport.count & 0xFF))
    let header: [UInt8] = [0x86, 0xDD, 0x60, 0, 0, 0, high, low, 6, 64]
    bytes = ip4[..<12] + header + Self.address(1) + Self.address(2) + transport
  }

  /// An address of the network that is kept for documentation.
  private static func address(_ last: UInt8) -> [UInt8] {
    [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [last]
  }

  /// Where the TCP header begins.
  private var start: Int { isIP6 ? 54 : 34 }

  /// The frame without its checksum, as the guest gets it.
  var plain: FramePattern { FramePattern(bytes: bytes) }

  /// The frame behind a header that asks for its checksum.
  var unsummed: FramePattern { plain.behind(header, length: Self.headerLength) }

  /// The frame behind a header that asks for segments.
  var uncut: FramePattern {
    var header = header
    header.segmentation =
      isIP6 ? VirtioNetHeader.Segmentation.tcp6 : VirtioNetHeader.Segmentation.tcp4
    header.headersLength = UInt16(start + 20)
    header.segmentSize = UInt16(Self.segmentSize)
    return plain.behind(header, length: Self.headerLength)
  }

  private var header: VirtioNetHeader {
    VirtioNetHeader {
      $0.flags = .needsChecksum
      $0.checksumStart = UInt16(start)
      $0.checksumOffset = 16
    }
  }

  /// The frame with its checksum.
  var completed: FramePattern {
    ChecksumRequest(start: start, offset: 16, frame: plain).completed
  }

  /// The lengths in bytes of the frames that it is cut into.
  var segmentLengths: [Int] {
    let headers = start + 20
    return stride(from: headers, to: bytes.count, by: Self.segmentSize).map {
      headers + min(Self.segmentSize, bytes.count - $0)
    }
  }
}
