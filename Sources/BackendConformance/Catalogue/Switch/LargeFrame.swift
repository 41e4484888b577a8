internal import NetBackend

/// A frame of TCP or UDP that is too long for a link, and what becomes of it when it is cut.
///
/// Addresses are of networks that are kept for documentation. The cutting here follows the protocols'
/// own documents (RFC 791, 768, 8200, 9293), not what any switch does.
struct LargeFrame: Sendable {
  /// The protocols.
  enum Transport: String, CaseIterable, Sendable {
    case tcp4 = "TCP over IPv4"
    case tcp6 = "TCP over IPv6"
    case udp4 = "UDP over IPv4"
  }

  private static let firstIdentifier: UInt16 = 0x1234
  private static let firstSequence: UInt32 = 0x1000

  let transport: Transport
  let payload: [UInt8]
  /// The payload bytes in each segment that its header asks for.
  let segmentSize: Int
  /// The options behind the header of TCP; a multiple of 4 bytes.
  var options: [UInt8] = []
  /// The flags of TCP.
  var flags: UInt8 = 0x19

  /// Describes a frame with so many bytes of payload.
  init(
    _ transport: Transport,
    payload: Int,
    segmentSize: Int = 1400,
    _ change: (inout LargeFrame) -> Void = { _ in }
  ) {
    self.transport = transport
    self.segmentSize = segmentSize
    self.payload = Array(FramePattern(payload + 14, seed: 90).contents().dropFirst(14))
    change(&self)
  }

  /// The length in bytes of the headers in front of the payload.
  var headersLength: Int { 14 + networkLength + transportLength }

  private var networkLength: Int { transport == .tcp6 ? 40 : 20 }
  private var transportLength: Int { transport == .udp4 ? 8 : 20 + options.count }
  /// Where the checksum stands behind the header of the network.
  private var checksumOffset: Int { transport == .udp4 ? 6 : 16 }

  /// The frame, with the sum of the pseudo header alone in place of its checksum.
  var frame: FramePattern {
    blank(FramePattern(bytes: segment(payload, at: 0, isLast: true, of: 1)))
  }

  private func blank(_ segment: FramePattern) -> FramePattern {
    var bytes = segment.contents()
    let start = 14 + networkLength
    let sum = ~InternetChecksum.of(pseudoHeader(bytes.count - start))
    let place = start + checksumOffset
    bytes.replaceSubrange(place..<place + 2, with: sum.bigEndianBytes)
    return FramePattern(bytes: bytes)
  }

  /// The header that asks for it to be cut.
  var header: VirtioNetHeader {
    VirtioNetHeader {
      $0.flags = .needsChecksum
      $0.segmentation =
        switch transport {
        case .tcp4: VirtioNetHeader.Segmentation.tcp4
        case .tcp6: VirtioNetHeader.Segmentation.tcp6
        case .udp4: VirtioNetHeader.Segmentation.udp
        }
      $0.headersLength = UInt16(headersLength)
      $0.segmentSize = UInt16(segmentSize)
      $0.checksumStart = UInt16(14 + networkLength)
      $0.checksumOffset = UInt16(checksumOffset)
    }
  }

  /// The frames of ``segmentSize`` bytes of payload that it is cut into.
  var segments: [FramePattern] { segments(limit: headersLength + segmentSize) }

  /// The same, with the sum of the pseudo header alone in place of each checksum.
  var blankSegments: [FramePattern] { segments.map { blank($0) } }

  /// The frames of at most `limit` bytes that it is cut into.
  func segments(limit: Int) -> [FramePattern] {
    let size = limit - headersLength
    let count = max(1, (payload.count + size - 1) / size)
    return (0..<count).map { number in
      let part = Array(payload.dropFirst(number * size).prefix(size))
      return FramePattern(
        bytes: segment(part, at: number, isLast: number == count - 1, of: size)
      )
    }
  }

  private func segment(_ part: [UInt8], at number: Int, isLast: Bool, of size: Int) -> [UInt8] {
    let ethernet =
      Station.second.address + Station.first.address
      + (transport == .tcp6 ? [0x86, 0xDD] : [8, 0])
    var datagram = transportHeader(part.count, at: number, isLast: isLast, of: size) + part
    let sum = InternetChecksum.of(pseudoHeader(datagram.count) + datagram)
    datagram.replaceSubrange(
      checksumOffset..<checksumOffset + 2,
      with: (sum == 0 && transport == .udp4 ? 0xFFFF : sum).bigEndianBytes
    )
    return ethernet + networkHeader(datagram.count, at: number) + datagram
  }

  private var protocolNumber: UInt8 { transport == .udp4 ? 17 : 6 }

  private var addresses: [UInt8] {
    guard transport == .tcp6 else { return [192, 0, 2, 1, 192, 0, 2, 2] }
    let network: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 11)
    return network + [1] + network + [2]
  }

  private func pseudoHeader(_ length: Int) -> [UInt8] {
    addresses + [0, protocolNumber] + UInt16(truncatingIfNeeded: length).bigEndianBytes
  }

  private func networkHeader(_ length: Int, at number: Int) -> [UInt8] {
    guard transport != .tcp6 else {
      return [0x60, 0, 0, 0] + UInt16(length).bigEndianBytes + [protocolNumber, 64] + addresses
    }
    let identifier = Self.firstIdentifier + UInt16(number)
    var header: [UInt8] =
      [0x45, 0] + UInt16(20 + length).bigEndianBytes + identifier.bigEndianBytes
      + [0, 0, 64, protocolNumber, 0, 0] + addresses
    header.replaceSubrange(10..<12, with: InternetChecksum.of(header).bigEndianBytes)
    return header
  }

  private func transportHeader(
    _ length: Int,
    at number: Int,
    isLast: Bool,
    of size: Int
  ) -> [UInt8] {
    guard transport != .udp4 else {
      return [0x30, 0x39, 0x30, 0x3A] + UInt16(8 + length).bigEndianBytes + [0, 0]
    }
    let sequence = Self.firstSequence + UInt32(number * size)
    // Push and the end of the stream on the last one alone, the answer to congestion on the first.
    let flags = self.flags & (isLast ? 0xFF : ~0x09) & (number == 0 ? 0xFF : ~0x80)
    let words = UInt8(5 + options.count / 4)
    return [0x30, 0x39, 0x30, 0x3A] + UInt16(sequence >> 16).bigEndianBytes
      + UInt16(truncatingIfNeeded: sequence).bigEndianBytes
      + [0, 0, 0, 1, words << 4, flags, 0xFF, 0xFF, 0, 0, 0, 0] + options
  }
}

/// The checksum of the Internet protocols.
///
/// Source: RFC 1071.
enum InternetChecksum {
  /// The checksum of bytes in which its own place is zero.
  static func of(_ bytes: [UInt8]) -> UInt16 {
    // Room for the bytes of any frame; what carries over is added in the end.
    var sum: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      sum &+= UInt64(byte) &<< (index.isMultiple(of: 2) ? 8 : 0)
    }
    while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}

extension UInt16 {
  /// The two bytes, the higher one first.
  var bigEndianBytes: [UInt8] { [UInt8(self >> 8), UInt8(truncatingIfNeeded: self)] }
}
