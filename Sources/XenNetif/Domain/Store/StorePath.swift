internal import SystemPackage

/// A path of the store, from the root.
struct StorePath: Hashable {
  /// The path as it is written.
  let text: String

  /// The path of the root.
  static let root = StorePath(checked: "/")

  /// The most bytes that a path has.
  static let longest = 3072

  private static let slash = UInt8(ascii: "/")

  /// Checks a path; one without a slash in front begins in the directory of the domain.
  ///
  /// - Throws: `EINVAL` if it is empty, has an empty part, or other bytes than letters, digits and
  ///   `-/_@`. Source: Xen `docs/misc/xenstore.txt`.
  init(_ text: String, of domain: Domain) throws(Errno) {
    guard !text.isEmpty else { throw .invalidArgument }
    let text = Self.absolute(text, of: domain)
    guard text.utf8.count <= Self.longest, Self.isWellFormed(text) else { throw .invalidArgument }
    self.text = text
  }

  private init(checked text: String) { self.text = text }

  /// The path of the key above; `nil` for that of the root.
  var parent: StorePath? {
    guard text.utf8.count > 1, let slash = text.utf8.lastIndex(of: Self.slash) else { return nil }
    return slash == text.startIndex ? .root : StorePath(checked: String(text[..<slash]))
  }

  /// Whether this is another path, or below it.
  func isWithin(_ other: StorePath) -> Bool { self == other || rest(below: other) != nil }

  /// The last part, if the rest of the path is another one.
  func name(below other: StorePath) -> String? {
    guard let rest = rest(below: other), !rest.contains(Self.slash) else { return nil }
    return String(rest)
  }

  /// What comes behind another path and a slash; `nil` if this is not below it.
  private func rest(below other: StorePath) -> Substring.UTF8View? {
    let count = other.text.utf8.count == 1 ? 0 : other.text.utf8.count
    let rest = text.utf8.dropFirst(count)
    guard rest.count > 1, rest.first == Self.slash, text.hasPrefix(other.text) else { return nil }
    return rest.dropFirst()
  }

  /// The directory that the paths of a domain begin in if they have no slash in front.
  static func directory(of domain: Domain) -> String { "/local/domain/" + String(domain.rawValue) }

  /// A path as it is from the root.
  static func absolute(_ text: String, of domain: Domain) -> String {
    text.utf8.first == slash ? text : directory(of: domain) + "/" + text
  }

  /// Whether a path from the root has only parts that may be.
  private static func isWellFormed(_ text: String) -> Bool {
    var last: UInt8 = 0
    for byte in text.utf8 {
      guard byte == slash ? last != slash : isAllowed(byte) else { return false }
      last = byte
    }
    return last != slash || text.utf8.count == 1
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
