/// The payload of the last extra of each type that a packet came with.
struct LastExtras: Hashable, Sendable {
  /// For each type that there is an extra of, the bit of its number.
  private var types: UInt8 = 0
  private var segmentation: UInt64 = 0
  private var multicastAdd: UInt64 = 0
  private var multicastDelete: UInt64 = 0
  private var hash: UInt64 = 0
  private var headroom: UInt64 = 0

  @inline(__always) init() {}

  /// Whether there is an extra that makes the chain something else than a packet.
  @inline(__always) var isMulticast: Bool {
    types & (Self.bit(.multicastAdd) | Self.bit(.multicastDelete)) != 0
  }

  @inline(__always) func has(_ type: ExtraType) -> Bool { types & Self.bit(type) != 0 }

  /// Keeps the payload of an extra, in place of an earlier one of its type.
  mutating func keep(_ extra: ExtraInfo) {
    types |= Self.bit(extra.type)
    switch extra.type {
    case .segmentation: segmentation = extra.payload.word
    case .multicastAdd: multicastAdd = extra.payload.word
    case .multicastDelete: multicastDelete = extra.payload.word
    case .hash: hash = extra.payload.word
    case .headroom: headroom = extra.payload.word
    default: break
    }
  }

  func payload(of type: ExtraType) -> ExtraPayload? {
    guard has(type) else { return nil }
    return switch type {
    case .segmentation: ExtraPayload(word: segmentation)
    case .multicastAdd: ExtraPayload(word: multicastAdd)
    case .multicastDelete: ExtraPayload(word: multicastDelete)
    case .hash: ExtraPayload(word: hash)
    case .headroom: ExtraPayload(word: headroom)
    default: nil
    }
  }

  @inline(__always)
  private static func bit(_ type: ExtraType) -> UInt8 {
    // A type that is not known has no bit.
    type.rawValue < 8 ? 1 << type.rawValue : 0
  }
}
