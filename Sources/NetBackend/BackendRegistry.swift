/// The kinds of backend that can be opened by name, as bhyve's `netbe_init` picks them.
///
/// The longest prefix wins, whatever the order of registration. The prefix must be followed by
/// something that is not a letter, so that `tapestry` is not a tap, unless the kind says otherwise.
///
/// Source: bhyve `net_backends.c`, lines 759-775, which take the first match in linker order.
public struct BackendRegistry: Sendable {
  /// The registered kinds, longest prefix first.
  public let kinds: [BackendKind]

  /// Creates a registry of the given kinds.
  public init(_ kinds: [BackendKind]) {
    self.kinds = kinds.sorted {
      ($1.prefix.utf8.count, $0.prefix) < ($0.prefix.utf8.count, $1.prefix)
    }
  }

  /// The kind that `name` selects.
  ///
  /// - Throws: ``BackendError/Reason-swift.enum/unknownBackend`` if no prefix matches, and
  ///   ``BackendError/Reason-swift.enum/invalidName`` if the name is empty or only a prefix.
  public func kind(for name: String) throws(BackendError) -> BackendKind {
    guard !name.isEmpty else {
      throw BackendError(.invalidName, call: "open", subject: "(empty name)")
    }
    guard let kind = kinds.first(where: { $0.matches(name) }) else {
      throw BackendError(.unknownBackend, call: "open", subject: name)
    }
    guard name != kind.prefix else {
      throw BackendError(.invalidName, call: "open", subject: name)
    }
    return kind
  }

  /// Opens the backend that the request's name selects.
  public func open(_ request: OpenRequest) throws(BackendError) -> any NetBackend {
    try kind(for: request.name).open(request)
  }
}
