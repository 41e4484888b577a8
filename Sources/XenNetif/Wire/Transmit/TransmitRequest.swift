/// A piece of a packet that the frontend sends: 12 bytes in a slot of the transmit ring.
///
/// The grant is at 0 (32 bits); offset, flags, identifier and size are at 4, 6, 8 and 10 (16 bits
/// each).
///
/// Source: Xen `io/netif.h`, `struct netif_tx_request`.
public struct TransmitRequest: WireValue {
  /// The number of bytes in a slot.
  public static let size = 12

  /// The page that the bytes lie in.
  public var grant: GrantReference
  /// The first byte within the page.
  public var offset: UInt16
  /// What the packet needs, and what follows this slot.
  public var flags: TransmitFlags
  /// What the response is to be known by; any number.
  public var id: UInt16
  /// The number of bytes: of the whole packet in its first request, of the piece in later ones.
  public var size: UInt16

  /// A request.
  @inlinable
  public init(
    grant: GrantReference,
    offset: UInt16 = 0,
    flags: TransmitFlags = [],
    id: UInt16,
    size: UInt16
  ) {
    self.grant = grant
    self.offset = offset
    self.flags = flags
    self.id = id
    self.size = size
  }

  /// Reads 12 bytes.
  @inlinable
  public init(_ bytes: UnsafeRawPointer) {
    unsafe grant = GrantReference(rawValue: bytes.number(at: 0))
    unsafe offset = bytes.number(at: 4)
    unsafe flags = TransmitFlags(rawValue: bytes.number(at: 6))
    unsafe id = bytes.number(at: 8)
    unsafe size = bytes.number(at: 10)
  }

  /// Writes 12 bytes.
  @inlinable
  public func write(to bytes: UnsafeMutableRawPointer) {
    unsafe bytes.write(grant.rawValue, at: 0)
    unsafe bytes.write(offset, at: 4)
    unsafe bytes.write(flags.rawValue, at: 6)
    unsafe bytes.write(id, at: 8)
    unsafe bytes.write(size, at: 10)
  }
}
