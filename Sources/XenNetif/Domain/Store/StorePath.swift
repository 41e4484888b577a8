internal import SystemPackage

/// An absolute path of the store, in its parts.
struct StorePath: Hashable {
  /// The names on the way from the root.
  let parts: [String]

  /// The most bytes that a path has.
  static let longest = 3072

  /// Takes a path apart.
  ///
  /// - Throws: `EINVAL` unless it begins with a slash, has no empty part and no other bytes than
  ///   letters, digits and `-/_@`. Source: Xen `docs/misc/xenstore.txt`.
  init(_ text: String) throws(Errno) {
    guard text.utf8.first == UInt8(ascii: "/"), text.utf8.count <= Self.longest else {
      throw .invalidArgument
    }
    let names =
      text.utf8.count == 1
      ? []
      : text.utf8.dropFirst().split(
        separator: UInt8(ascii: "/"),
        omittingEmptySubsequences: false
      )
    guard names.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isAllowed) }) else {
      throw .invalidArgument
    }
    parts = names.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The path as it is written.
  var text: String { "/" + parts.joined(separator: "/") }

  /// Whether this is another path, or below it.
  func isWithin(_ other: StorePath) -> Bool { parts.starts(with: other.parts) }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "@"):
      true
    default: false
    }
  }
}
