import Yams

extension Script {
  /// The script in its YAML form, which reads back as an equal script.
  public var yaml: String {
    // Serializing can only fail for want of memory: every node is of a kind the emitter knows.
    (try? Yams.serialize(node: node, allowUnicode: true)) ?? ""
  }

  private var node: Node {
    .block([
      ("schema", .number(Self.schema)),
      ("requirement", requirement.isEmpty ? nil : .text(requirement)),
      ("case", .text(name)),
      ("bench", bench == BenchOptions() ? nil : bench.node),
      ("profile", profile.map(Node.text)),
      ("steps", .lines(steps.map(\.node))),
    ])
  }
}

extension BenchOptions {
  fileprivate var node: Node {
    let numbers = options.sorted { $0.key < $1.key }.map { ($0.key, Node?.some(.number($0.value))) }
    return .block([
      ("families", families.isEmpty ? nil : .list(families.map(Node.text))),
      ("options", options.isEmpty ? nil : .fields(numbers)),
    ])
  }
}

extension Step {
  var node: Node {
    .block([
      (action.word, action.argument),
      ("backend", backend == 0 ? nil : .number(backend)),
      ("expect", expectation),
      ("choice", choice.map(Node.text)),
      ("precondition", isPrecondition ? Node("true", Tag(.bool)) : nil),
    ])
  }

  private var expectation: Node? {
    if let usual = action.usualOutcome, allowed == [usual] { return nil }
    return .oneOrList(allowed.map(\.node))
  }
}
