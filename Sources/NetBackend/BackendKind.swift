/// One kind of backend: the prefix that selects it, and how to open one.
public struct BackendKind: Sendable {
  /// How a kind opens a backend.
  public typealias Opener = @Sendable (OpenRequest) throws(BackendError) -> any NetBackend

  /// The beginning of every name of this kind, such as `tap`.
  public let prefix: String
  /// Opens a backend of this kind.
  public let open: Opener

  /// Creates a kind that is selected by `prefix`.
  public init(prefix: String, open: @escaping Opener) {
    self.prefix = prefix
    self.open = open
  }
}
