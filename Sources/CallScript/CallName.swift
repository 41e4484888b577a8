/// The name of a system call at the seam of a backend.
///
/// Each family extends this type with the names of its own calls.
public struct CallName: Hashable, Sendable, CustomStringConvertible {
  /// The call as C spells it.
  public let description: String

  /// Names a call as C spells it.
  public init(_ description: String) { self.description = description }

  /// Opening a device.
  public static let open = CallName("open")
  /// Reading a frame.
  public static let read = CallName("readv")
  /// Closing a descriptor.
  public static let close = CallName("close")
}
