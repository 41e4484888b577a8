extension TransmitFlags {
  /// The names of the flags that are set, and a number for those without one.
  var names: [String] {
    let known: [(TransmitFlags, String)] = [
      (.checksumBlank, "checksum blank"), (.dataValidated, "data validated"),
      (.moreData, "more data"), (.extraInfo, "extra info"),
    ]
    return known.filter { contains($0.0) }.map(\.1) + Self.unknown(rawValue & ~0xF)
  }

  fileprivate static func unknown(_ bits: UInt16) -> [String] {
    bits == 0 ? [] : ["unknown flags 0x" + String(bits, radix: 16)]
  }
}

extension ReceiveFlags {
  /// The names of the flags that are set, and a number for those without one.
  var names: [String] {
    let known: [(ReceiveFlags, String)] = [
      (.dataValidated, "data validated"), (.checksumBlank, "checksum blank"),
      (.moreData, "more data"), (.extraInfo, "extra info"),
      (.segmentationPrefix, "segmentation prefix"),
    ]
    return known.filter { contains($0.0) }.map(\.1) + TransmitFlags.unknown(rawValue & ~0x1F)
  }
}

extension TransmitStatus {
  /// The name of a status that there is.
  var name: String? {
    switch self {
    case .dropped: "dropped"
    case .error: "error"
    case .okay: "okay"
    case .null: "null, for an extra slot"
    default: nil
    }
  }
}

extension ControlStatus {
  /// The name of a status that there is.
  var name: String? {
    switch self {
    case .success: "success"
    case .notSupported: "not supported"
    case .invalidParameter: "invalid parameter"
    case .bufferOverflow: "buffer overflow"
    default: nil
    }
  }
}

extension ControlType {
  private static let names = [
    "get hash flags", "set hash flags", "set hash key", "get hash mapping size",
    "set hash mapping size", "set hash mapping", "set hash algorithm", "get grant mapping size",
    "add grant mapping", "delete grant mapping",
  ]

  /// Whether there is a request of that type.
  var isKnown: Bool { (1...Self.names.count).contains(Int(rawValue)) }

  /// The type's name, or its number if there is none.
  var name: String { isKnown ? Self.names[Int(rawValue) - 1] : "type \(rawValue)" }
}

extension ExtraPayload {
  /// The bytes as an Ethernet address.
  var addressText: String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined(separator: ":")
  }
}
