internal import SystemPackage

/// The store and those connected to it.
struct StoreState {
  private(set) var root = StoreNode()
  private(set) var changes: [StoreChange] = []
  var connections: [Int32: StoreConnection] = [:]
  private var generation: UInt64 = 0
  private var lastTransaction: UInt32 = 0

  /// Sees a key, in a transaction or without.
  mutating func node(
    at path: String,
    _ transaction: XenTransaction,
    of connection: Int32
  ) throws(Errno) -> StoreNode {
    let path = try StorePath(path, of: domain(of: connection))
    if transaction == .none {
      guard let node = root[path.parts[...]] else { throw .noSuchFileOrDirectory }
      return node
    }
    return try within(transaction, of: connection) { (state) throws(Errno) in
      try state.node(at: path)
    }
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
    guard !path.parts.isEmpty else { throw .invalidArgument }
    if transaction == .none {
      guard root[path.parts[...]] != nil else { throw .noSuchFileOrDirectory }
      return apply(path, nil, by: connection, in: .none)
    }
    try within(transaction, of: connection) { (state) throws(Errno) in try state.remove(path) }
  }

  mutating func begin(of connection: Int32) -> XenTransaction {
    lastTransaction += 1
    let transaction = XenTransaction(rawValue: lastTransaction)
    connections[connection]?.transactions[transaction] = StoreTransaction(root)
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
    guard ended.isCurrent(in: root) else { throw .resourceTemporarilyUnavailable }
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
    guard var state = connections[connection]?.transactions[transaction] else {
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
    let removed = value == nil ? root[path.parts[...]] : nil
    if let value {
      root.write(value, to: path.parts[...], generation: generation)
    } else {
      _ = root.remove(path.parts[...], generation: generation)
    }
    changes.append(StoreChange(by: domain(of: connection), path.text, value, in: transaction))
    notify(path, removed: removed)
  }
}
