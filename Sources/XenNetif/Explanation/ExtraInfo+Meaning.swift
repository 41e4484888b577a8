extension ExtraInfo {
  /// What an extra slot says.
  var meaning: String { "extra: " + subject + (hasMore ? ", more extras" : "") }

  private var subject: String {
    switch type {
    case .segmentation: SegmentationExtra(payload).meaning
    case .multicastAdd: "add the group \(payload.addressText)"
    case .multicastDelete: "delete the group \(payload.addressText)"
    case .hash: HashExtra(payload).meaning
    case .headroom: "headroom of \(HeadroomExtra(payload).headroom) bytes"
    default: "type \(type.rawValue)"
    }
  }
}

extension SegmentationExtra {
  fileprivate var meaning: String {
    let kind =
      switch type {
      case .tcp4: "TCP over IPv4"
      case .tcp6: "TCP over IPv6"
      default: "type \(type.rawValue)"
      }
    return "segments of \(size) bytes, \(kind)"
  }
}

extension HashExtra {
  private static let kinds = ["IPv4", "TCP over IPv4", "IPv6", "TCP over IPv6"]

  fileprivate var meaning: String {
    let kind = Int(type) < Self.kinds.count ? Self.kinds[Int(type)] : "type \(type)"
    let digits = String(value, radix: 16)
    let padding = String(repeating: "0", count: 8 - digits.count)
    let how = algorithm == .toeplitz ? "Toeplitz" : "algorithm \(algorithm.rawValue)"
    return "hash 0x\(padding)\(digits), \(how), of \(kind)"
  }
}
