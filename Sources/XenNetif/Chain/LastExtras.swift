/// What the extras of a packet say, the last one of each type.
struct LastExtras: Hashable, Sendable {
  /// For each type that there is an extra of, the bit of its number.
  private var types: UInt8 = 0
  private var roomInFront: UInt16 = 0
  private var segmentation: UInt64 = 0
  /// Of the last addition, or of the last deletion if there is no addition.
  private var group: UInt64 = 0
  private var hash: UInt64 = 0

  @inline(__always) init() {}

  /// Whether there is an extra that makes the chain something else than a packet.
  @inline(__always) var isMulticast: Bool {
    types & (Self.bit(.multicastAdd) | Self.bit(.multicastDelete)) != 0
  }

  @inline(__always) func has(_ type: ExtraType) -> Bool { types & Self.bit(type) != 0 }

  /// Keeps what an extra says, in place of an earlier one of its type.
  @inline(__always)
  mutating func keep(_ extra: ExtraInfo) {
    let payload = extra.payload.word
    switch extra.type {
    case .segmentation: segmentation = payload
    case .multicastAdd: group = payload
    case .multicastDelete: if !has(.multicastAdd) { group = payload }
    case .hash: hash = payload
    case .headroom: roomInFront = UInt16(truncatingIfNeeded: payload)
    default: break
    }
    types |= Self.bit(extra.type)
  }

  /// The payload of the last extra of a type; `nil` if there is none, or if it does not count.
  func payload(of type: ExtraType) -> ExtraPayload? {
    guard has(type) else { return nil }
    return switch type {
    case .segmentation: ExtraPayload(word: segmentation)
    case .multicastAdd: ExtraPayload(word: group)
    case .multicastDelete: has(.multicastAdd) ? nil : ExtraPayload(word: group)
    case .hash: ExtraPayload(word: hash)
    case .headroom: ExtraPayload(word: UInt64(roomInFront))
    default: nil
    }
  }

  @inline(__always)
  private static func bit(_ type: ExtraType) -> UInt8 {
    // A type that is not known has no bit.
    type.rawValue < 8 ? 1 &<< type.rawValue : 0
  }
}
