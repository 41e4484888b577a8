import Yams

/// A place in a YAML file that is being read: every complaint about it tells where it stands.
struct YAMLNode {
  /// The most nodes that a file may have once its aliases are followed.
  static let mostNodes = 1_000_000

  let node: Node
  let file: String

  /// Reads the one document of a file.
  static func root(of text: String, file: String) throws(InputFileError) -> YAMLNode {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw InputFileError(error, file: file)
    }
    guard let node else {
      throw InputFileError(file: file, line: 1, column: 1, expected: "a mapping", found: "nothing")
    }
    var budget = mostNodes
    spend(&budget, on: node)
    let root = YAMLNode(node: node, file: file)
    guard budget > 0 else { throw root.refused("at most \(mostNodes) values", found: "more") }
    return root
  }

  /// Counts nodes; it ends early, because aliases of aliases may stand for more than can be visited.
  private static func spend(_ budget: inout Int, on node: Node) {
    budget -= 1
    guard budget > 0 else { return }
    switch node {
    case .sequence(let nodes): for node in nodes where budget > 0 { spend(&budget, on: node) }
    case .mapping(let pairs): for pair in pairs where budget > 0 { spend(&budget, on: pair.value) }
    default: break
    }
  }

  /// The error that says something else was expected here.
  func refused(_ expected: String, found: String? = nil) -> InputFileError {
    InputFileError(
      file: file,
      line: node.mark?.line ?? 0,
      column: node.mark?.column ?? 0,
      expected: expected,
      found: found ?? self.found
    )
  }

  /// Whether nothing stands here.
  var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
    return Self.isNull(scalar.string)
  }

  /// Whether plain text means that nothing stands there.
  static func isNull(_ text: String) -> Bool { ["", "~", "null", "Null", "NULL"].contains(text) }

  /// What stands here, in words.
  private var found: String {
    switch node {
    case .scalar where isNull: "nothing"
    case .scalar(let scalar): Notation.quoted(scalar.string)
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }
}

extension InputFileError {
  /// What the YAML parser complained about.
  fileprivate init(_ error: any Error, file: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
      .composer(_, let problem, let mark, _)?:
      self.init(file, mark, found: problem)
    case .duplicatedKeysInMapping(let keys, let context)?:
      let words = keys.sorted().joined(separator: ", ")
      self.init(file, context.mark, expected: "each key once", found: "\(words) again")
    case .reader(let problem, _, _, _)?:
      self.init(file: file, expected: "YAML", found: problem)
    default:
      self.init(file: file, expected: "YAML", found: "\(error)")
    }
  }

  private init(_ file: String, _ mark: Mark, expected: String = "YAML", found: String) {
    self.init(file: file, line: mark.line, column: mark.column, expected: expected, found: found)
  }
}
