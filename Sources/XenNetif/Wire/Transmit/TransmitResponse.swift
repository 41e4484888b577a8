/// The answer to one slot of the transmit ring: the first 4 of its 12 bytes.
///
/// The identifier is at 0, the status at 2 (16 bits each).
///
/// Source: Xen `io/netif.h`, `struct netif_tx_response`.
public struct TransmitResponse: WireValue {
  /// The number of bytes; the slot's other 8 stay as they were.
  public static let size = 4

  /// The identifier of the request; without meaning if the status is ``TransmitStatus/null``.
  public var id: UInt16
  /// What came of the request.
  public var status: TransmitStatus

  /// A response.
  @inlinable
  public init(id: UInt16, status: TransmitStatus) {
    self.id = id
    self.status = status
  }

  /// Reads 4 bytes.
  @inlinable
  public init(_ bytes: UnsafeRawPointer) {
    unsafe id = bytes.number(at: 0)
    unsafe status = TransmitStatus(rawValue: bytes.number(at: 2))
  }

  /// Writes 4 bytes.
  @inlinable
  public func write(to bytes: UnsafeMutableRawPointer) {
    unsafe bytes.write(id, at: 0)
    unsafe bytes.write(status.rawValue, at: 2)
  }
}

/// What came of a request to send.
///
/// Source: Xen `io/netif.h`, `NETIF_RSP_*`.
public struct TransmitStatus: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: Int16
  /// The status of a number, which need not be one of those below.
  @inlinable public init(rawValue: Int16) { self.rawValue = rawValue }

  /// The packet was dropped for want of something.
  public static let dropped = TransmitStatus(rawValue: -2)
  /// There is something wrong with the request, or with its packet.
  public static let error = TransmitStatus(rawValue: -1)
  /// The bytes have been taken.
  public static let okay = TransmitStatus(rawValue: 0)
  /// The slot was an extra one, to which there is nothing to say.
  public static let null = TransmitStatus(rawValue: 1)
}
