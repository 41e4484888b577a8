internal import SystemPackage

/// What somebody sees and does between the beginning of a transaction and its end.
struct StoreTransaction {
  /// The store as it was at the beginning.
  private let base: StoreKeys
  /// The same with the changes of this transaction.
  private var working: StoreKeys
  /// The keys that were looked at or changed, with what they were at the beginning.
  private var seen: [StorePath: UInt64?] = [:]
  /// The subtrees that were removed, with what they were at the beginning.
  private var emptied: [StorePath: UInt64?] = [:]
  /// The changes, in order.
  private(set) var changes: [(path: StorePath, value: String?)] = []

  init(_ keys: StoreKeys) {
    base = keys
    working = keys
  }

  /// The keys as this transaction sees them, for a look at one.
  mutating func keys(lookingAt path: StorePath) -> StoreKeys {
    see(path)
    return working
  }

  mutating func write(_ value: String, to path: StorePath) {
    see(path)
    working.write(value, to: path, generation: 0)
    changes.append((path, value))
  }

  mutating func remove(_ path: StorePath) throws(Errno) {
    see(path)
    emptied.updateValue(base.latestGeneration(within: path), forKey: path)
    guard !working.remove(path, generation: 0).isEmpty else { throw .noSuchFileOrDirectory }
    changes.append((path, nil))
  }

  /// Whether everything that was seen is still as it was.
  func isCurrent(in keys: StoreKeys) -> Bool {
    seen.allSatisfy { keys.generation(of: $0.key) == $0.value }
      && emptied.allSatisfy { keys.latestGeneration(within: $0.key) == $0.value }
  }

  private mutating func see(_ path: StorePath) {
    seen.updateValue(base.generation(of: path), forKey: path)
  }
}
