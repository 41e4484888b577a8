internal import SystemPackage

/// What somebody sees and does between the beginning of a transaction and its end.
struct StoreTransaction {
  /// The store as it was at the beginning.
  private let base: StoreNode
  /// The same with the changes of this transaction.
  private var working: StoreNode
  /// The keys that were looked at or changed, with what they were at the beginning.
  private var seen: [StorePath: UInt64?] = [:]
  /// The subtrees that were removed, with what they were at the beginning.
  private var emptied: [StorePath: UInt64?] = [:]
  /// The changes, in order.
  private(set) var changes: [(path: StorePath, value: String?)] = []

  init(_ root: StoreNode) {
    base = root
    working = root
  }

  /// The key at a path, as this transaction sees it.
  mutating func node(at path: StorePath) throws(Errno) -> StoreNode {
    see(path)
    guard let node = working[path.parts[...]] else { throw .noSuchFileOrDirectory }
    return node
  }

  mutating func write(_ value: String, to path: StorePath) {
    see(path)
    working.write(value, to: path.parts[...], generation: 0)
    changes.append((path, value))
  }

  mutating func remove(_ path: StorePath) throws(Errno) {
    see(path)
    emptied.updateValue(base[path.parts[...]]?.latestGeneration, forKey: path)
    guard working.remove(path.parts[...], generation: 0) else { throw .noSuchFileOrDirectory }
    changes.append((path, nil))
  }

  /// Whether everything that was seen is still as it was.
  func isCurrent(in root: StoreNode) -> Bool {
    seen.allSatisfy { root[$0.key.parts[...]]?.generation == $0.value }
      && emptied.allSatisfy { root[$0.key.parts[...]]?.latestGeneration == $0.value }
  }

  private mutating func see(_ path: StorePath) {
    seen.updateValue(base[path.parts[...]]?.generation, forKey: path)
  }
}
