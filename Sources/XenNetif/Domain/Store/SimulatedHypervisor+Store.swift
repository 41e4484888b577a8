extension SimulatedHypervisor {
  /// All changes of the store so far, in the order in which they took effect.
  public var storeChanges: [StoreChange] { state.withLock { (state) in state.store.changes } }

  /// The watches that a domain has set and not ended, as paths.
  public func watchedPaths(of domain: Domain) -> [String] {
    state.withLock { (state) in
      state.store.connections.values.filter { $0.domain == domain }
        .flatMap { $0.watches.map(\.path.text) }.sorted()
    }
  }

  /// The number of transactions that a domain has begun and not ended.
  public func openTransactions(of domain: Domain) -> Int {
    state.withLock { (state) in
      state.store.connections.values.filter { $0.domain == domain }
        .reduce(0) { $0 + $1.transactions.count }
    }
  }
}
