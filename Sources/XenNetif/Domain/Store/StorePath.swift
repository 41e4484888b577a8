internal import SystemPackage

/// A path of the store, in its parts.
struct StorePath: Hashable {
  /// The names on the way from the root.
  let parts: [String]

  /// The most bytes that a path has.
  static let longest = 3072

  /// Takes a path apart; one without a slash in front begins in the directory of the domain.
  ///
  /// - Throws: `EINVAL` if it is empty, has an empty part, or other bytes than letters, digits and
  ///   `-/_@`. Source: Xen `docs/misc/xenstore.txt`.
  init(_ text: String, of domain: Domain) throws(Errno) {
    guard !text.isEmpty else { throw .invalidArgument }
    let text = Self.absolute(text, of: domain)
    guard text.utf8.count <= Self.longest else { throw .invalidArgument }
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

  /// The directory that the paths of a domain begin in if they have no slash in front.
  static func directory(of domain: Domain) -> String { "/local/domain/\(domain.rawValue)" }

  /// A path as it is from the root.
  static func absolute(_ text: String, of domain: Domain) -> String {
    text.utf8.first == UInt8(ascii: "/") ? text : "\(directory(of: domain))/\(text)"
  }

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
