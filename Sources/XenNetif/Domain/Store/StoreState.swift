internal import SystemPackage

/// The store and those connected to it.
struct StoreState {
  private(set) var keys = StoreKeys()
  private(set) var changes: [StoreChange] = []
  var connections: [Int32: StoreConnection] = [:]
  private var generation: UInt64 = 0
  private var lastTransaction: UInt32 = 0

  /// The value of a key, in a transaction or without.
  mutating func value(
    of path: String,
    _ transaction: XenTransaction,
    of connection: Int32
  ) throws(Errno) -> String {
    let path = try StorePath(path, of: domain(of: connection))
    let value = try keys(lookingAt: path, transaction, of: connection).value(of: path)
    guard let value else { throw .noSuchFileOrDirectory }
    return value
  }

  /// The names of the keys directly below one, sorted.
  mutating func names(
    below path: String,
    _ transaction: XenTransaction,
    of connection: Int32
  ) throws(Errno) -> [String] {
    let path = try StorePath(path, of: domain(of: connection))
    let names = try keys(lookingAt: path, transaction, of: connection).names(below: path)
    guard let names else { throw .noSuchFileOrDirectory }
    return names
  }

  private mutating func keys(
    lookingAt path: StorePath,
    _ transaction: XenTransaction,
    of connection: Int32
  ) throws(Errno) -> StoreKeys {
    if transaction == .none { return keys }
    return try within(transaction, of: connection) { (state) in state.keys(lookingAt: path) }
  }

  mutating func write(
    _ value: String,
    to path: String,
    _ transaction: XenTransaction,
    of connection: Int32
  ) throws(Errno) {
    let path = try StorePath(path, of: domain(of: connection))
    if transaction == .none { return apply(path, value, by: connection, in: .none) }
    try within(transaction, of: connection) { (state) in state.write(value, to: path) }
  }

  mutating func remove(
    _ path: String,
    _ transaction: XenTransaction,
    of connection: Int32
  ) throws(Errno) {
    let path = try StorePath(path, of: domain(of: connection))
    guard path != .root else { throw .invalidArgument }
    if transaction == .none {
      guard keys.value(of: path) != nil else { throw .noSuchFileOrDirectory }
      return apply(path, nil, by: connection, in: .none)
    }
    try within(transaction, of: connection) { (state) throws(Errno) in try state.remove(path) }
  }

  mutating func begin(of connection: Int32) -> XenTransaction {
    lastTransaction += 1
    let transaction = XenTransaction(rawValue: lastTransaction)
    connections[connection]?.transactions[transaction] = StoreTransaction(keys)
    return transaction
  }

  /// Ends a transaction; its changes take effect one after the other, if nobody came between.
  mutating func end(
    _ transaction: XenTransaction,
    commit: Bool,
    of connection: Int32
  ) throws(Errno) {
    let ended = connections[connection]?.transactions.removeValue(forKey: transaction)
    guard let ended else { throw .noSuchFileOrDirectory }
    guard commit else { return }
    guard ended.isCurrent(in: keys) else { throw .resourceTemporarilyUnavailable }
    for change in ended.changes {
      apply(change.path, change.value, by: connection, in: transaction)
    }
  }

  /// The domain that a connection is of.
  func domain(of connection: Int32) -> Domain { connections[connection]?.domain ?? .own }

  private mutating func within<Result>(
    _ transaction: XenTransaction,
    of connection: Int32,
    _ body: (inout StoreTransaction) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    // Taken out, since what is changed while it lies there as well is copied.
    guard var state = connections[connection]?.transactions.removeValue(forKey: transaction) else {
      throw .noSuchFileOrDirectory
    }
    defer { connections[connection]?.transactions[transaction] = state }
    return try body(&state)
  }

  private mutating func apply(
    _ path: StorePath,
    _ value: String?,
    by connection: Int32,
    in transaction: XenTransaction
  ) {
    generation += 1
    var removed: Set<StorePath> = []
    if let value {
      keys.write(value, to: path, generation: generation)
    } else {
      removed = keys.remove(path, generation: generation)
    }
    changes.append(StoreChange(by: domain(of: connection), path.text, value, in: transaction))
    notify(path, removed: removed)
  }
}
