/// A request of the control ring: all 16 bytes of a slot.
///
/// Identifier and type are at 0 and 2 (16 bits each), three numbers at 4, 8 and 12 (32 bits each).
///
/// Source: Xen `io/netif.h`, `struct xen_netif_ctrl_request`.
public struct ControlRequest: WireValue {
  /// The number of bytes in a slot.
  public static let size = 16

  /// What the response is to be known by; any number.
  public var id: UInt16
  /// What is asked for.
  public var type: ControlType
  /// The first of the numbers that go with the type.
  public var data0: UInt32
  /// The second of the numbers.
  public var data1: UInt32
  /// The third of the numbers.
  public var data2: UInt32

  /// The three numbers that go with the type.
  @inlinable public var data: (UInt32, UInt32, UInt32) { (data0, data1, data2) }

  /// A request.
  @inlinable
  public init(id: UInt16, type: ControlType, data: (UInt32, UInt32, UInt32) = (0, 0, 0)) {
    self.id = id
    self.type = type
    (data0, data1, data2) = data
  }

  /// Reads 16 bytes.
  @inlinable
  public init(_ bytes: UnsafeRawPointer) {
    unsafe id = bytes.number(at: 0)
    unsafe type = ControlType(rawValue: bytes.number(at: 2))
    unsafe data0 = bytes.number(at: 4)
    unsafe data1 = bytes.number(at: 8)
    unsafe data2 = bytes.number(at: 12)
  }

  /// Writes 16 bytes.
  @inlinable
  public func write(to bytes: UnsafeMutableRawPointer) {
    unsafe bytes.write(id, at: 0)
    unsafe bytes.write(type.rawValue, at: 2)
    unsafe bytes.write(data0, at: 4)
    unsafe bytes.write(data1, at: 8)
    unsafe bytes.write(data2, at: 12)
  }
}
