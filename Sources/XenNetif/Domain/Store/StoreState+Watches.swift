internal import SystemPackage

extension StoreState {
  /// Sets a watch, whose first event says nothing but that it is there.
  mutating func watch(_ path: String, token: String, of connection: Int32) throws(Errno) {
    let watch = try StoreWatch(path, token: token, of: domain(of: connection))
    guard connections[connection]?.watches.contains(watch) == false else { throw .fileExists }
    connections[connection]?.watches.append(watch)
    connections[connection]?.events.append(StoreEvent(watch: watch, path: watch.path))
  }

  /// Ends a watch with the events of it that nobody took.
  mutating func unwatch(_ path: String, token: String, of connection: Int32) throws(Errno) {
    let watch = try StoreWatch(path, token: token, of: domain(of: connection))
    guard let index = connections[connection]?.watches.firstIndex(of: watch) else {
      throw .noSuchFileOrDirectory
    }
    connections[connection]?.watches.remove(at: index)
    connections[connection]?.events.removeAll { $0.watch == watch }
  }

  /// Tells everybody who watches a key, or one above it, that it changed; and those who watch keys
  /// that went with it, that these did.
  mutating func notify(_ path: StorePath, removed: Set<StorePath>) {
    for connection in connections.keys {
      for watch in connections[connection]?.watches ?? [] {
        guard let changed = watch.path.change(by: path, removed: removed) else { continue }
        connections[connection]?.events.append(StoreEvent(watch: watch, path: changed))
      }
    }
  }
}

extension StorePath {
  /// The path in the event of a watch on this one when another has changed; `nil` for no event.
  fileprivate func change(by path: StorePath, removed: Set<StorePath>) -> StorePath? {
    if path.isWithin(self) { return path }
    return removed.contains(self) ? self : nil
  }
}
