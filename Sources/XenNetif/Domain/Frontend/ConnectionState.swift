/// How far one end of a virtual interface has come.
///
/// Source: Xen `io/xenbus.h`, `enum xenbus_state`.
public struct ConnectionState: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: Int
  /// The state of a number.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Not known; also if there is no such key.
  public static let unknown = ConnectionState(rawValue: 0)
  /// It has begun.
  public static let initialising = ConnectionState(rawValue: 1)
  /// It has said what it can do and waits for the other end.
  public static let initWait = ConnectionState(rawValue: 2)
  /// It has said all that the other end needs.
  public static let initialised = ConnectionState(rawValue: 3)
  /// It works.
  public static let connected = ConnectionState(rawValue: 4)
  /// It is about to end.
  public static let closing = ConnectionState(rawValue: 5)
  /// It has ended.
  public static let closed = ConnectionState(rawValue: 6)
  /// Something is to be changed while it works.
  public static let reconfiguring = ConnectionState(rawValue: 7)
  /// It has been changed.
  public static let reconfigured = ConnectionState(rawValue: 8)
}
