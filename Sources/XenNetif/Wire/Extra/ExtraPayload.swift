/// The six bytes of an extra slot that depend on its type.
public struct ExtraPayload: Hashable, Sendable {
  /// The bytes as one number of 48 bits: the first is the lowest.
  public let word: UInt64

  /// A payload from its number, of which 48 bits count.
  @inlinable public init(word: UInt64) { self.word = word & 0xFFFF_FFFF_FFFF }

  /// A payload from its first bytes; those that are missing are zero.
  public init(_ bytes: [UInt8]) {
    word = bytes.prefix(6).enumerated().reduce(0) { $0 | UInt64($1.element) << ($1.offset * 8) }
  }

  /// The six bytes.
  public var bytes: [UInt8] { (0..<6).map { byte(at: $0) } }

  @inlinable func byte(at offset: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: word &>> UInt64(offset &* 8))
  }

  @inlinable func short(at offset: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: word &>> UInt64(offset &* 8))
  }
}
