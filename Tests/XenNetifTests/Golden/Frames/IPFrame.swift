/// A frame with TCP or UDP in it.
struct IPFrame {
  /// The two ends of a connection.
  struct Flow {
    var source: [UInt8]
    var sourcePort: UInt16
    var destination: [UInt8]
    var destinationPort: UInt16

    /// A flow from what it is in text: the addresses in hexadecimal digits.
    init(_ source: String, _ sourcePort: UInt16, _ destination: String, _ destinationPort: UInt16) {
      self.source = Hex.bytes(source)
      self.sourcePort = sourcePort
      self.destination = Hex.bytes(destination)
      self.destinationPort = destinationPort
    }

    var isVersion6: Bool { source.count == 16 }
  }

  /// What stands in the checksum field.
  enum Field {
    /// The sum of the pseudo-header, as it is when the rest is still to be added.
    case partial
    /// The right checksum.
    case complete
    /// The right checksum of the same frame between the usual ends.
    case stale
  }

  var flow: Flow
  var isTCP: Bool
  var length: Int
  var field: Field
  var target: String

  static let usual4 = Flow("0a000001", 12345, "0a000002", 80)
  static let usual6 = Flow(
    "fd000000000000000000000000000001",
    12345,
    "fd000000000000000000000000000002",
    80
  )

  /// The flows of the published vectors for hashing.
  static let hashed = [
    Flow("420995bb", 2794, "a18e6450", 1766), Flow("c75c6f02", 14230, "41458c53", 4739),
    Flow("1813c65f", 12898, "0c16cfb8", 38024), Flow("261bcd1e", 48228, "d18ea306", 2217),
    Flow("9927a3bf", 44251, "cabc7f02", 1303),
    Flow("3ffe250102001fff0000000000000007", 2794, "3ffe2501020000030000000000000001", 1766),
    Flow("3ffe050100080000026097fffe40efab", 14230, "ff020000000000000000000000000001", 4739),
    Flow("3ffe1900454500030200f8fffe2167cf", 44251, "fe800000000000000200f8fffe2167cf", 38024),
  ]

  /// The frames of a length that occur in the cases.
  static func candidates(of length: Int) -> [IPFrame] {
    var frames: [IPFrame] = []
    for isTCP in [true, false] {
      for flow in [usual4, usual6] {
        for field in [Field.partial, .complete] {
          frames.append(Self(flow, isTCP, length, field, "ffffffffffff"))
        }
      }
      frames += hashed.map { Self($0, isTCP, length, .stale, "00163e000001") }
    }
    return frames.filter { $0.payloadLength >= 0 }
  }

  private init(_ flow: Flow, _ isTCP: Bool, _ length: Int, _ field: Field, _ target: String) {
    self.flow = flow
    self.isTCP = isTCP
    self.length = length
    self.field = field
    self.target = target
    if !isTCP && self.flow.destinationPort == 80 { self.flow.destinationPort = 12346 }
  }

  private var networkLength: Int { flow.isVersion6 ? 40 : 20 }
  private var transportLength: Int { length - 14 - networkLength }
  private var payloadLength: Int { transportLength - (isTCP ? 20 : 8) }
  private var number: UInt8 { isTCP ? 6 : 17 }

  /// The bytes of the frame.
  var bytes: [UInt8] {
    let type = flow.isVersion6 ? "86dd" : "0800"
    return Hex.bytes(target + "020000000001" + type) + network + transport(checksum)
  }

  private var checksum: UInt16 {
    switch field {
    case .partial: Self.sum(pseudoHeader)
    case .complete: ~Self.sum(pseudoHeader + transport(0))
    case .stale: usualChecksum
    }
  }

  private var usualChecksum: UInt16 {
    var usual = self
    usual.flow = flow.isVersion6 ? Self.usual6 : Self.usual4
    if !isTCP { usual.flow.destinationPort = 12346 }
    return ~Self.sum(usual.pseudoHeader + usual.transport(0))
  }

  private var pseudoHeader: [UInt8] {
    flow.source + flow.destination + [0, number] + UInt16(truncatingIfNeeded: transportLength).big
  }

  private var network: [UInt8] {
    let ends = flow.source + flow.destination
    if flow.isVersion6 {
      return [0x60, 0, 0, 0] + UInt16(truncatingIfNeeded: transportLength).big + [number, 64] + ends
    }
    let total = UInt16(truncatingIfNeeded: transportLength + 20)
    let start = [0x45, 0] + total.big + [0x12, 0x34, 0, 0, 64, number]
    return start + (~Self.sum(start + ends)).big + ends
  }

  private func transport(_ checksum: UInt16) -> [UInt8] {
    let ports = flow.sourcePort.big + flow.destinationPort.big
    let payload = (0..<payloadLength).map { UInt8(truncatingIfNeeded: 3 &* $0 &+ 1) }
    guard isTCP else {
      return ports + UInt16(truncatingIfNeeded: transportLength).big + checksum.big + payload
    }
    let header = [0, 0, 0x10, 0, 0, 0, 0, 1, 0x50, 0x19, 0x20, 0] + checksum.big + [0, 0]
    return ports + header + payload
  }

  /// The sum of 16-bit words in one's complement arithmetic.
  private static func sum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() { sum &+= UInt32(byte) << (index & 1 == 0 ? 8 : 0) }
    while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
    return UInt16(sum)
  }
}

extension UInt16 {
  /// The two bytes, higher one first.
  fileprivate var big: [UInt8] { [UInt8(self >> 8), UInt8(truncatingIfNeeded: self)] }
}
