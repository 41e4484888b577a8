/// The answer to one slot of the control ring: the first 12 of its 16 bytes.
///
/// Identifier and type are at 0 and 2 (16 bits each), status and data at 4 and 8 (32 bits each).
///
/// Source: Xen `io/netif.h`, `struct xen_netif_ctrl_response`.
public struct ControlResponse: WireValue {
  /// The number of bytes; the slot's other 4 stay as they were.
  public static let size = 12

  /// The identifier of the request.
  public var id: UInt16
  /// The type of the request.
  public var type: ControlType
  /// What came of it.
  public var status: ControlStatus
  /// What was asked for, if it was a question.
  public var data: UInt32

  /// A response.
  @inlinable
  public init(id: UInt16, type: ControlType, status: ControlStatus, data: UInt32 = 0) {
    self.id = id
    self.type = type
    self.status = status
    self.data = data
  }

  /// Reads 12 bytes.
  @inlinable
  public init(_ bytes: UnsafeRawPointer) {
    unsafe id = bytes.number(at: 0)
    unsafe type = ControlType(rawValue: bytes.number(at: 2))
    unsafe status = ControlStatus(rawValue: bytes.number(at: 4))
    unsafe data = bytes.number(at: 8)
  }

  /// Writes 12 bytes.
  @inlinable
  public func write(to bytes: UnsafeMutableRawPointer) {
    unsafe bytes.write(id, at: 0)
    unsafe bytes.write(type.rawValue, at: 2)
    unsafe bytes.write(status.rawValue, at: 4)
    unsafe bytes.write(data, at: 8)
  }
}

/// What came of a request of the control ring.
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_CTRL_STATUS_*`.
public struct ControlStatus: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: UInt32
  /// The status of a number, which need not be one of those below.
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// It was done.
  public static let success = ControlStatus(rawValue: 0)
  /// The backend knows no such request, or cannot carry it out now.
  public static let notSupported = ControlStatus(rawValue: 1)
  /// A number of the request cannot be.
  public static let invalidParameter = ControlStatus(rawValue: 2)
  /// What was passed on is longer than there is room for.
  public static let bufferOverflow = ControlStatus(rawValue: 3)
}
