/// One kind of backend: the prefix that selects it, and how to open one.
public struct BackendKind: Sendable {
  /// How a kind opens a backend.
  public typealias Opener = @Sendable (OpenRequest) throws(BackendError) -> any NetBackend

  /// The beginning of every name of this kind, such as `tap`.
  public let prefix: String
  /// Whether the prefix may go on as a word up to a colon: `valeX:1` is a port of the switch `valeX`.
  public let namesWords: Bool
  /// Opens a backend of this kind.
  public let open: Opener

  /// Creates a kind that is selected by `prefix`.
  public init(prefix: String, namesWords: Bool = false, open: @escaping Opener) {
    self.prefix = prefix
    self.namesWords = namesWords
    self.open = open
  }

  /// Whether a name is one of this kind, apart from what the kind itself may say about the rest.
  func matches(_ name: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let rest = name.dropFirst(prefix.count)
    return rest.first?.isLetter != true || (namesWords && rest.contains(":"))
  }
}
