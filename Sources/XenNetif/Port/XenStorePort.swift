public import SystemPackage

/// The store, in which the two ends of a virtual interface tell each other what they can do.
///
/// Source: Xen `docs/misc/xenstore.txt`.
public protocol XenStorePort: Sendable {
  /// The descriptor that is readable while there is a watch event to be taken.
  var storeDescriptor: Int32 { get }

  /// The value of a key; `ENOENT` if there is none.
  func read(_ path: String, in transaction: XenTransaction) throws(Errno) -> String

  /// The names of the keys below a path; `ENOENT` if there is no such path.
  func list(_ path: String, in transaction: XenTransaction) throws(Errno) -> [String]

  /// Writes a key, and those above it that are missing.
  func write(_ value: String, to path: String, in transaction: XenTransaction) throws(Errno)

  /// Removes a key and what is below it; `ENOENT` if there is none.
  func remove(_ path: String, in transaction: XenTransaction) throws(Errno)

  /// Begins a transaction: what is read in it is the store as it is now.
  func beginTransaction() throws(Errno) -> XenTransaction

  /// Ends a transaction; `EAGAIN` if somebody changed what it saw, and nothing of it was written.
  func end(_ transaction: XenTransaction, commit: Bool) throws(Errno)

  /// Watches a path and what is below it. The first event comes at once, without a change.
  func watch(_ path: String, token: String) throws(Errno)

  /// Ends a watch; events of it that nobody took are gone.
  func unwatch(_ path: String, token: String) throws(Errno)

  /// The next watch event; `nil` if there is none.
  func nextWatchEvent() -> XenWatchEvent?
}

/// The number of a transaction of the store.
public struct XenTransaction: RawRepresentable, Hashable, Sendable {
  /// The number; 0 is no transaction.
  public let rawValue: UInt32

  /// The transaction of a number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// No transaction: what is done takes effect at once.
  public static let none = XenTransaction(rawValue: 0)
}

/// That something below a watched path has changed.
public struct XenWatchEvent: Equatable, Sendable {
  /// The path of the key that changed, or of the watch itself in the first event.
  public var path: String
  /// The token that the watch was set with.
  public var token: String

  /// An event.
  public init(path: String, token: String) {
    self.path = path
    self.token = token
  }
}
