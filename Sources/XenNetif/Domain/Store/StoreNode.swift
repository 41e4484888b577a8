/// One key of the store with what is below it.
struct StoreNode: Equatable {
  var value = ""
  var children: [String: StoreNode] = [:]
  /// The number of the last change of the value, or of which keys are directly below.
  var generation: UInt64 = 0

  /// The key that a path leads to from here.
  subscript(path: ArraySlice<String>) -> StoreNode? {
    guard let first = path.first else { return self }
    return children[first]?[path.dropFirst()]
  }

  /// The number of the last change in all that is here.
  var latestGeneration: UInt64 {
    children.values.reduce(generation) { max($0, $1.latestGeneration) }
  }

  /// Sets the value of a key, and makes those on the way to it that are missing.
  mutating func write(_ value: String, to path: ArraySlice<String>, generation: UInt64) {
    guard let first = path.first else {
      self.value = value
      self.generation = generation
      return
    }
    if children[first] == nil { self.generation = generation }
    children[first, default: StoreNode()].write(
      value,
      to: path.dropFirst(),
      generation: generation
    )
  }

  /// Removes a key and what is below it.
  ///
  /// - Returns: Whether there was one.
  mutating func remove(_ path: ArraySlice<String>, generation: UInt64) -> Bool {
    guard let first = path.first else { return false }
    guard path.count == 1 else {
      return children[first]?.remove(path.dropFirst(), generation: generation) ?? false
    }
    guard children.removeValue(forKey: first) != nil else { return false }
    self.generation = generation
    return true
  }
}
