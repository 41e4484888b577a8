import Yams

/// The fields of a mapping in a YAML file, all of whose keys are known.
struct YAMLFields {
  private let mapping: YAMLNode
  private let values: [String: YAMLNode]

  /// Reads the mapping at `mapping`; a key that is not among `known` is refused.
  init(_ mapping: YAMLNode, known: [String]) throws(InputFileError) {
    guard case .mapping(let pairs) = mapping.node else { throw mapping.refused("a mapping") }
    var values: [String: YAMLNode] = [:]
    for (key, value) in pairs {
      let name = try Self.name(YAMLNode(node: key, file: mapping.file), known: known)
      values[name] = YAMLNode(node: value, file: mapping.file)
    }
    self.mapping = mapping
    self.values = values
  }

  private static func name(_ key: YAMLNode, known: [String]) throws(InputFileError) -> String {
    let name = try key.text("a key")
    guard known.contains(name) else {
      let question = Spelling.question(for: name, among: known)
      let expected =
        known.count <= 12 ? "one of the keys " + known.joined(separator: ", ") : "a known key"
      throw key.refused(expected, found: Notation.quoted(name) + question)
    }
    return name
  }

  /// The value of `key`, or nothing if it is absent.
  subscript(key: String) -> YAMLNode? { values[key] }

  /// The value of `key`, which must be there.
  func required(_ key: String) throws(InputFileError) -> YAMLNode {
    guard let value = values[key] else {
      throw mapping.refused("the key \(key)", found: "no such key")
    }
    return value
  }

  /// The only key that is there among `keys`, and its value.
  func only(of keys: [String], _ what: String) throws(InputFileError) -> (key: String, YAMLNode) {
    let present = keys.filter { values[$0] != nil }
    guard present.count == 1, let key = present.first, let value = values[key] else {
      let found = present.isEmpty ? "none" : present.joined(separator: " and ")
      throw mapping.refused("exactly one \(what)", found: found)
    }
    return (key, value)
  }

  /// The value of `key` read by `read`, or `other` if it is absent.
  func value<Value>(
    _ key: String,
    or other: Value,
    _ read: (YAMLNode) throws(InputFileError) -> Value
  ) throws(InputFileError) -> Value {
    guard let node = values[key] else { return other }
    return try read(node)
  }
}
