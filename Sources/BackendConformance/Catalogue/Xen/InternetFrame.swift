internal import NetBackend

/// A frame of TCP or UDP over IP, as it is with its checksum and without.
///
/// The checksum is computed here from RFC 1071, 768 and 9293, not from what any netback does. Addresses
/// are of networks that are kept for documentation.
struct InternetFrame: Sendable {
  /// The protocols.
  enum Kind: String, CaseIterable, Sendable {
    case tcp4 = "TCP over IPv4"
    case udp4 = "UDP over IPv4"
    case tcp6 = "TCP over IPv6"
    case udp6 = "UDP over IPv6"
  }

  let kind: Kind
  /// The bytes behind the header of the transport.
  var payload: [UInt8]
  /// The options behind the header of IPv4; a multiple of 4 bytes.
  var options: [UInt8] = []
  /// The extension headers behind that of IPv6: the number of the first, and their bytes.
  var extensions: (first: UInt8, bytes: [UInt8])?
  /// The field of IPv4 that says whether it is a fragment.
  var fragment: UInt16 = 0
  /// What the header of IPv4 says of its own length, in words, if that is not so.
  var claimedWords: UInt8?

  /// The two addresses of IP.
  var addresses: [UInt8] = []
  /// The two ports.
  var ports: [UInt8] = [0x30, 0x39, 0x30, 0x3A]

  /// Describes a frame with so many bytes of payload.
  init(_ kind: Kind, payload: Int, _ change: (inout InternetFrame) -> Void = { _ in }) {
    self.kind = kind
    self.payload = Array(FramePattern(payload + 14, seed: 90).contents().dropFirst(14))
    if isVersion4 {
      addresses = [192, 0, 2, 1, 192, 0, 2, 2]
    } else {
      let network: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 11)
      addresses = network + [1] + network + [2]
    }
    change(&self)
  }

  /// The same frame, whose checksum comes out as zero; it has two bytes of payload at least.
  var summingToZero: InternetFrame {
    var frame = self
    // What stands in the last word is what is left to make the sum all ones.
    let last = payload.count - 2..<payload.count
    frame.payload.replaceSubrange(last, with: [0, 0])
    let sum = InternetChecksum.of(frame.pseudoHeader + frame.transport(checksum: 0))
    frame.payload.replaceSubrange(last, with: sum.bigEndianBytes)
    return frame
  }

  private var isTCP: Bool { kind == .tcp4 || kind == .tcp6 }
  private var isVersion4: Bool { kind == .tcp4 || kind == .udp4 }
  private var number: UInt8 { isTCP ? 6 : 17 }

  /// Where the header of the transport begins, in bytes from the begin of the frame.
  var transportStart: Int {
    isVersion4 ? 34 + options.count : 54 + (extensions?.bytes.count ?? 0)
  }
  /// Where the checksum stands behind that, in bytes.
  var checksumOffset: Int { isTCP ? 16 : 6 }
  /// The length of all headers in bytes.
  var headersLength: Int { transportStart + (isTCP ? 20 : 8) }
  /// The length of the frame in bytes.
  var length: Int { headersLength + payload.count }

  /// The frame with its checksum.
  var complete: FramePattern {
    let sum = InternetChecksum.of(pseudoHeader + transport(checksum: 0))
    return FramePattern(bytes: bytes(checksum: sum == 0 && !isTCP ? 0xFFFF : sum))
  }

  /// The frame with the sum over the pseudo header alone in place of its checksum.
  var blank: FramePattern {
    FramePattern(bytes: bytes(checksum: ~InternetChecksum.of(pseudoHeader)))
  }

  /// The vnet header that asks for the checksum.
  var header: VirtioNetHeader {
    VirtioNetHeader {
      $0.flags = .needsChecksum
      $0.checksumStart = UInt16(transportStart)
      $0.checksumOffset = UInt16(checksumOffset)
    }
  }

  /// The frame with this in place of its checksum.
  func bytes(checksum: UInt16) -> [UInt8] {
    let ethernet = Station.second.address + Station.first.address
    return ethernet + (isVersion4 ? [0x08, 0x00] : [0x86, 0xDD]) + network
      + transport(checksum: checksum)
  }
}

extension InternetFrame {
  fileprivate var pseudoHeader: [UInt8] {
    addresses + [0, number]
      + UInt16(truncatingIfNeeded: length - transportStart).bigEndianBytes
  }

  private var network: [UInt8] {
    guard isVersion4 else {
      let extensions = extensions ?? (number, [])
      return [0x60, 0, 0, 0] + UInt16(truncatingIfNeeded: length - 54).bigEndianBytes
        + [extensions.first, 64] + addresses + extensions.bytes
    }
    let words = claimedWords ?? UInt8(5 + options.count / 4)
    var header: [UInt8] =
      [0x40 | words, 0] + UInt16(truncatingIfNeeded: length - 14).bigEndianBytes + [0x12, 0x34]
      + fragment.bigEndianBytes + [64, number, 0, 0] + addresses + options
    header.replaceSubrange(10..<12, with: InternetChecksum.of(header).bigEndianBytes)
    return header
  }

  fileprivate func transport(checksum: UInt16) -> [UInt8] {
    guard isTCP else {
      let length = UInt16(truncatingIfNeeded: 8 + payload.count)
      return ports + length.bigEndianBytes + checksum.bigEndianBytes + payload
    }
    return ports + [0, 0, 0x10, 0, 0, 0, 0, 1, 0x50, 0x18, 0xFF, 0xFF] + checksum.bigEndianBytes
      + [0, 0] + payload
  }
}
