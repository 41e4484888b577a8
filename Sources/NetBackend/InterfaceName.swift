/// The name of a network interface: 1 to 15 bytes, no slash, no white space, not `.` or `..`.
///
/// Source: Linux `dev_valid_name`, `IFNAMSIZ`.
public struct InterfaceName: Hashable, Sendable, CustomStringConvertible {
  /// The most bytes a name may have; `IFNAMSIZ` counts the terminating zero as well.
  public static let maximumLength = 15

  /// The name.
  public let description: String

  /// Checks a name.
  ///
  /// - Throws: ``BackendError/Reason-swift.enum/invalidName``; nothing is ever cut off.
  public init(_ name: String) throws(BackendError) {
    let bytes = name.utf8
    let allowed = bytes.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":")
    }
    guard (1...Self.maximumLength).contains(bytes.count), allowed, name != ".", name != ".." else {
      throw BackendError(.invalidName, call: "open", subject: name)
    }
    description = name
  }
}
