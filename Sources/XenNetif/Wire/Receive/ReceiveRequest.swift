/// A page that the frontend offers for a piece of a packet: 8 bytes in a slot of the receive ring.
///
/// The identifier is at 0 (16 bits), the grant at 4 (32 bits). The two bytes between them are a hole
/// in older headers; they are written as zero and not looked at.
///
/// Source: Xen `io/netif.h`, `struct netif_rx_request`.
public struct ReceiveRequest: WireValue {
  /// The number of bytes in a slot.
  public static let size = 8

  /// What the response is to be known by; any number.
  public var id: UInt16
  /// The page, which may be written to.
  public var grant: GrantReference

  /// A request.
  @inlinable
  public init(id: UInt16, grant: GrantReference) {
    self.id = id
    self.grant = grant
  }

  /// Reads 8 bytes.
  @inlinable
  public init(_ bytes: UnsafeRawPointer) {
    unsafe id = bytes.number(at: 0)
    unsafe grant = GrantReference(rawValue: bytes.number(at: 4))
  }

  /// Writes 8 bytes.
  @inlinable
  public func write(to bytes: UnsafeMutableRawPointer) {
    unsafe bytes.write(id, at: 0)
    unsafe bytes.write(0 as UInt16, at: 2)
    unsafe bytes.write(grant.rawValue, at: 4)
  }
}
