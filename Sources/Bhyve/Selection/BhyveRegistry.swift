internal import Glibc
public import NetBackend

/// The kinds of backend that bhyve knows, and its rule for picking one by name.
///
/// The first kind in the order of registration whose prefix begins the name; what follows the prefix
/// is not looked at. The order is the linker's.
///
/// Source: bhyve `net_backends.c`, lines 759-775.
public struct BhyveRegistry: Sendable {
  /// The prefixes in the order in which the seed registers them: lines 383-384 and 733-734.
  public static let prefixes = ["tap", "vmnet", "netmap", "vale"]

  /// The kinds, in the order of registration.
  public let kinds: [BackendKind]

  /// Creates a registry of kinds that were registered in this order.
  public init(_ kinds: [BackendKind]) { self.kinds = kinds }

  /// The kind that `name` selects.
  ///
  /// - Throws: ``BackendError/Reason-swift.enum/unknownBackend`` with `EINVAL`, the number that the
  ///   seed returns.
  public func kind(for name: String) throws(BackendError) -> BackendKind {
    let bytes = SeedName(name).bytes
    guard let kind = kinds.first(where: { bytes.starts(with: $0.prefix.utf8) }) else {
      throw BackendError(.unknownBackend, call: "netbe_init", subject: name.named, errno: EINVAL)
    }
    return kind
  }

  /// Opens the backend that the request's name selects.
  public func open(_ request: OpenRequest) throws(BackendError) -> any NetBackend {
    try kind(for: request.name).open(request)
  }
}

extension String {
  /// The name for an error, which has to have a subject.
  var named: String { isEmpty ? "(empty name)" : self }
}
