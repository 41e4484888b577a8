/// The answer to one slot of the receive ring: all 8 of its bytes.
///
/// Identifier, offset, flags and status are at 0, 2, 4 and 6 (16 bits each).
///
/// Source: Xen `io/netif.h`, `struct netif_rx_response`.
public struct ReceiveResponse: WireValue {
  /// The number of bytes in a slot.
  public static let size = 8

  /// The identifier of the request whose page was used.
  public var id: UInt16
  /// The first byte within the page.
  public var offset: UInt16
  /// What is known of the packet, and what follows this slot.
  public var flags: ReceiveFlags
  /// The number of bytes in this page; negative if they could not be put there.
  public var status: Int16

  /// A response.
  @inlinable
  public init(id: UInt16, offset: UInt16 = 0, flags: ReceiveFlags = [], status: Int16) {
    self.id = id
    self.offset = offset
    self.flags = flags
    self.status = status
  }

  /// Reads 8 bytes.
  @inlinable
  public init(_ bytes: UnsafeRawPointer) {
    unsafe id = bytes.number(at: 0)
    unsafe offset = bytes.number(at: 2)
    unsafe flags = ReceiveFlags(rawValue: bytes.number(at: 4))
    unsafe status = bytes.number(at: 6)
  }

  /// Writes 8 bytes.
  @inlinable
  public func write(to bytes: UnsafeMutableRawPointer) {
    unsafe bytes.write(id, at: 0)
    unsafe bytes.write(offset, at: 2)
    unsafe bytes.write(flags.rawValue, at: 4)
    unsafe bytes.write(status, at: 6)
  }
}
