internal import DequeModule
public import SystemPackage

extension SimulatedXenPort {
  /// The value of a key; `ENOENT` if there is none.
  public func read(_ path: String, in transaction: XenTransaction) throws(Errno) -> String {
    try hypervisor.locked { (state) throws(Errno) -> String in
      try state.check(.read, by: domain, path: path)
      return try state.store.value(of: path, transaction, of: storeDescriptor)
    }
  }

  /// The names of the keys below a path, sorted; `ENOENT` if there is no such path.
  public func list(_ path: String, in transaction: XenTransaction) throws(Errno) -> [String] {
    try hypervisor.locked { (state) throws(Errno) -> [String] in
      try state.check(.list, by: domain, path: path)
      return try state.store.names(below: path, transaction, of: storeDescriptor)
    }
  }

  /// Writes a key, and those above it that are missing.
  public func write(
    _ value: String,
    to path: String,
    in transaction: XenTransaction
  ) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.write, by: domain, path: path)
      try state.store.write(value, to: path, transaction, of: storeDescriptor)
    }
  }

  /// Removes a key and what is below it; `ENOENT` if there is none, `EINVAL` for the root.
  public func remove(_ path: String, in transaction: XenTransaction) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.remove, by: domain, path: path)
      try state.store.remove(path, transaction, of: storeDescriptor)
    }
  }

  /// Begins a transaction: what is read in it is the store as it is now.
  public func beginTransaction() throws(Errno) -> XenTransaction {
    try hypervisor.locked { (state) throws(Errno) -> XenTransaction in
      try state.check(.beginTransaction, by: domain)
      return state.store.begin(of: storeDescriptor)
    }
  }

  /// Ends a transaction; `EAGAIN` if somebody changed what it saw, and nothing of it was written.
  public func end(_ transaction: XenTransaction, commit: Bool) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      do throws(Errno) {
        try state.check(.endTransaction, by: domain)
      } catch {
        try state.store.end(transaction, commit: false, of: storeDescriptor)
        throw error
      }
      try state.store.end(transaction, commit: commit, of: storeDescriptor)
    }
  }

  /// Watches a path and what is below it; `EEXIST` if there is the same watch already.
  public func watch(_ path: String, token: String) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.watch, by: domain, path: path)
      try state.store.watch(path, token: token, of: storeDescriptor)
    }
  }

  /// Ends a watch; `ENOENT` if there is none.
  public func unwatch(_ path: String, token: String) throws(Errno) {
    try hypervisor.locked { (state) throws(Errno) in
      try state.check(.unwatch, by: domain, path: path)
      try state.store.unwatch(path, token: token, of: storeDescriptor)
    }
  }

  /// The next watch event; `nil` if there is none.
  public func nextWatchEvent() -> XenWatchEvent? {
    let event = hypervisor.state.withLock { (state) in
      state.store.connections[storeDescriptor]?.events.popFirst()
    }
    return event.map { $0.watch.event(of: $0.path) }
  }
}
