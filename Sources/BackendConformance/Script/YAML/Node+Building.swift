import Yams

extension Node {
  /// A scalar that is read back as the same text.
  static func text(_ text: String) -> Node {
    // What another reader would take for a number, a date or a truth value is quoted.
    let isText = Node(text).tag == Tag(.str) && text.isPlain
    let style: Scalar.Style = isText ? .any : .doubleQuoted
    return .scalar(Scalar(text, Tag(.str), style))
  }

  /// A whole number.
  static func number(_ number: some BinaryInteger) -> Node { Node("\(number)", Tag(.int)) }

  /// Bytes as pairs of digits.
  static func bytes(_ bytes: [UInt8]) -> Node { text(Hexadecimal.string(bytes)) }

  /// Nothing, where a key alone says it all.
  static var nothing: Node { Node("", Tag(.null), .plain) }

  /// Nothing, within a mapping in one line, where an empty scalar cannot stand.
  static var null: Node { Node("null", Tag(.null), .plain) }

  /// A list in one line.
  static func list(_ nodes: [Node]) -> Node { .sequence(Sequence(nodes, .implicit, .flow)) }

  /// A list with a line for each item.
  static func lines(_ nodes: [Node]) -> Node { .sequence(Sequence(nodes, .implicit, .block)) }

  /// A mapping in one line, without the fields that have no value.
  static func fields(_ pairs: [(String, Node?)]) -> Node { mapping(pairs, .flow) }

  /// A mapping with a line for each field that has a value.
  static func block(_ pairs: [(String, Node?)]) -> Node { mapping(pairs, .block) }

  private static func mapping(_ pairs: [(String, Node?)], _ style: Mapping.Style) -> Node {
    let present = pairs.compactMap { key, value in value.map { (Node.text(key), $0) } }
    return .mapping(Mapping(present, .implicit, style))
  }

  /// The only node, or a list of all.
  static func oneOrList(_ nodes: [Node]) -> Node { nodes.count == 1 ? nodes[0] : list(nodes) }

  /// Bounds: one number, or from and to.
  static func range<Bound: FixedWidthInteger>(_ range: ClosedRange<Bound>) -> Node {
    if range.lowerBound == range.upperBound { return number(range.lowerBound) }
    let to = range.upperBound == .max ? nil : Node.number(range.upperBound)
    return fields([("from", number(range.lowerBound)), ("to", to)])
  }
}

extension String {
  /// Whether the text has only characters that need no escape.
  fileprivate var isPlain: Bool {
    unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F || $0.value > 0xA0 }
      && !unicodeScalars.contains { $0.properties.generalCategory == .unassigned }
  }
}
