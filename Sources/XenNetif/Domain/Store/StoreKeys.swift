/// The keys of the store, each under its path from the root.
///
/// They do not lie one in the other: the store is small and looked at far more often than anything is
/// removed from it, so that one look at a table for a whole path is what counts.
struct StoreKeys {
  private struct Key {
    var value = ""
    /// The number of the last change of the value, or of which keys are directly below.
    var generation: UInt64 = 0
  }

  private var keys = [StorePath.root: Key()]

  /// The value of a key; `nil` if there is none.
  func value(of path: StorePath) -> String? { keys[path]?.value }

  /// The number of the last change of a key's value, or of which keys are directly below it.
  func generation(of path: StorePath) -> UInt64? { keys[path]?.generation }

  /// The number of the last change of a key and of all that is below it.
  func latestGeneration(within path: StorePath) -> UInt64? {
    keys.filter { $0.key.isWithin(path) }.values.map(\.generation).max()
  }

  /// The names of the keys directly below one, sorted; `nil` if there is no such key.
  func names(below path: StorePath) -> [String]? {
    guard keys[path] != nil else { return nil }
    return keys.keys.compactMap { $0.name(below: path) }.sorted()
  }

  /// Sets the value of a key, and makes those on the way to it that are missing.
  mutating func write(_ value: String, to path: StorePath, generation: UInt64) {
    var (path, key) = (path, Key(value: value, generation: generation))
    while keys.updateValue(key, forKey: path) == nil, let parent = path.parent {
      (path, key) = (parent, Key(value: keys[parent]?.value ?? "", generation: generation))
    }
  }

  /// Removes a key and what is below it.
  ///
  /// - Returns: The paths of all that was removed.
  mutating func remove(_ path: StorePath, generation: UInt64) -> Set<StorePath> {
    let removed = Set(keys.keys.filter { $0.isWithin(path) })
    for path in removed { keys[path] = nil }
    if !removed.isEmpty, let parent = path.parent { keys[parent]?.generation = generation }
    return removed
  }
}
