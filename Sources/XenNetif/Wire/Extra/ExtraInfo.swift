/// What an extra slot says of its packet: 8 bytes, in a transmit slot followed by 4 without meaning.
///
/// The type is at 0, the flags at 1 (8 bits each), six bytes that depend on the type at 2.
///
/// Source: Xen `io/netif.h`, `struct netif_extra_info`.
public struct ExtraInfo: WireValue {
  /// The number of bytes.
  public static let size = 8

  /// The bit of ``flags`` that says that another extra slot follows; the other bits mean nothing.
  @inlinable public static var moreFlag: UInt8 { 0x1 }

  /// What the payload means.
  public var type: ExtraType
  /// The flags.
  public var flags: UInt8
  /// The six bytes that depend on the type.
  public var payload: ExtraPayload

  /// An extra.
  @inlinable
  public init(type: ExtraType, flags: UInt8 = 0, payload: ExtraPayload = ExtraPayload(word: 0)) {
    self.type = type
    self.flags = flags
    self.payload = payload
  }

  /// Whether another extra slot follows.
  @inlinable public var hasMore: Bool { flags & Self.moreFlag != 0 }

  /// Reads 8 bytes.
  @inlinable
  public init(_ bytes: UnsafeRawPointer) {
    let word: UInt64 = unsafe bytes.number(at: 0)
    type = ExtraType(rawValue: UInt8(truncatingIfNeeded: word))
    flags = UInt8(truncatingIfNeeded: word &>> 8)
    payload = ExtraPayload(word: word &>> 16)
  }

  /// Writes 8 bytes.
  @inlinable
  public func write(to bytes: UnsafeMutableRawPointer) {
    let word = UInt64(type.rawValue) | UInt64(flags) &<< 8 | payload.word &<< 16
    unsafe bytes.write(word, at: 0)
  }
}
