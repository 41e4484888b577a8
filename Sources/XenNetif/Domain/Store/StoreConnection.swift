internal import DequeModule
internal import SystemPackage

/// One who uses the store: the watches it has set, the events it has not taken, its transactions.
struct StoreConnection {
  let domain: Domain
  var watches: [StoreWatch] = []
  var events: Deque<StoreEvent> = []
  var transactions: [XenTransaction: StoreTransaction] = [:]

  init(domain: Domain) { self.domain = domain }
}

/// A watch that somebody has set.
struct StoreWatch: Equatable {
  let path: StorePath
  let token: String
  /// What is left out in front of the paths of its events: those of a watch on a path without a slash
  /// in front have none either.
  private let prefix: String

  init(_ path: String, token: String, of domain: Domain) throws(Errno) {
    self.path = try StorePath(path, of: domain)
    self.token = token
    let isRelative = path.utf8.first != UInt8(ascii: "/")
    prefix = isRelative ? StorePath.directory(of: domain) + "/" : ""
  }

  /// The event that tells of a key.
  func event(of changed: StorePath) -> XenWatchEvent {
    let rest = changed.text.utf8.dropFirst(prefix.utf8.count)
    return XenWatchEvent(path: String(Substring(rest)), token: token)
  }
}

/// An event that has not been taken, with the watch that it belongs to.
struct StoreEvent {
  var watch: StoreWatch
  var path: StorePath
}
