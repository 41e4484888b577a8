/// The network protocols that a checksum can be filled in for.
enum NetworkProtocol: Sendable {
  /// IPv4.
  case ip4
  /// IPv6.
  case ip6

  /// The protocol of a frame by its EtherType; `nil` for others, behind a VLAN tag too.
  init?(etherTypeOf frame: UnsafeRawPointer, count: Int) {
    guard count >= Self.ethernetLength else { return nil }
    switch unsafe frame.big(at: 12, as: UInt16.self) {
    case 0x0800: self = .ip4
    case 0x86DD: self = .ip6
    default: return nil
    }
  }

  /// The bytes of an Ethernet header without tags.
  static let ethernetLength = 14
}

/// The transport protocols whose checksum can be filled in.
enum TransportProtocol: UInt8, Sendable {
  /// TCP.
  case tcp = 6
  /// UDP.
  case udp = 17

  /// Where the checksum lies behind the begin of the header, in bytes.
  var checksumOffset: Int { self == .tcp ? 16 : 6 }

  /// The bytes of the header without options.
  var headerLength: Int { self == .tcp ? 20 : 8 }
}

/// Where the transport header of a frame lies that is of neither an odd protocol nor a fragment.
///
/// No length field of the frame is believed: every byte that is named here lies in the frame.
struct NetworkHeader: Equatable, Sendable {
  /// The network protocol.
  let network: NetworkProtocol
  /// The transport protocol.
  let transport: TransportProtocol
  /// Where the transport header begins, in bytes from the begin of the frame.
  let transportStart: Int

  /// Finds the header; `nil` if the frame has none that lies in it whole.
  ///
  /// Source: Linux `net/core/skbuff.c`, `skb_checksum_setup`, which judges frames in this way.
  init?(_ frame: UnsafeRawPointer, count: Int) {
    guard let network = unsafe NetworkProtocol(etherTypeOf: frame, count: count) else { return nil }
    let found =
      switch network {
      case .ip4: unsafe Self.findBehindIP4(frame, count)
      case .ip6: unsafe Self.findBehindIP6(frame, count)
      }
    guard let (number, start) = found, let transport = TransportProtocol(rawValue: number),
      start + transport.headerLength <= count
    else { return nil }
    self.network = network
    self.transport = transport
    transportStart = start
  }

  /// Whether what is in front of the transport header can be a network header.
  var hasWholeNetworkHeader: Bool {
    transportStart >= NetworkProtocol.ethernetLength + (network == .ip4 ? 20 : 40)
  }
}

extension NetworkHeader {
  private static let start = NetworkProtocol.ethernetLength

  /// A header's own length is taken as it is, also if it is shorter than a header can be.
  private static func findBehindIP4(_ frame: UnsafeRawPointer, _ count: Int) -> (UInt8, Int)? {
    guard count >= start + 20 else { return nil }
    let isFragment = unsafe frame.big(at: start + 6, as: UInt16.self) & 0x3FFF != 0
    guard !isFragment else { return nil }
    let words = unsafe frame.load(fromByteOffset: start, as: UInt8.self) & 0x0F
    return (unsafe frame.load(fromByteOffset: start + 9, as: UInt8.self), start + Int(words) * 4)
  }

  /// Follows extension headers as far as the payload length goes.
  private static func findBehindIP6(_ frame: UnsafeRawPointer, _ count: Int) -> (UInt8, Int)? {
    guard count >= start + 40 else { return nil }
    let end = unsafe start + 40 + Int(frame.big(at: start + 4, as: UInt16.self))
    var number = unsafe frame.load(fromByteOffset: start + 6, as: UInt8.self)
    var position = start + 40
    while position <= end {
      guard let kind = ExtensionHeader(number) else { return (number, position) }
      guard position + 8 <= count else { return nil }
      if kind == .fragment, unsafe frame.big(at: position + 2, as: UInt16.self) & 0xFFF9 != 0 {
        return nil
      }
      let units = unsafe Int(frame.load(fromByteOffset: position + 1, as: UInt8.self))
      number = unsafe frame.load(fromByteOffset: position, as: UInt8.self)
      position += kind.length(units: units)
    }
    return nil
  }
}

/// The extension headers of IPv6 that something may follow.
///
/// Source: RFC 8200, section 4; RFC 4302.
private enum ExtensionHeader {
  case options, fragment, authentication

  init?(_ number: UInt8) {
    switch number {
    case 0, 43, 60: self = .options
    case 44: self = .fragment
    case 51: self = .authentication
    default: return nil
    }
  }

  /// The length in bytes, from the number in the header's second byte.
  func length(units: Int) -> Int {
    switch self {
    case .options: (units + 1) * 8
    case .fragment: 8
    case .authentication: (units + 2) * 4
    }
  }
}
