import Yams

extension FramePattern {
  /// The run: its length alone if that says it all, or a mapping.
  var node: Node { node(with: []) }

  /// The run, in a mapping with further fields.
  func node(with others: [(String, Node?)]) -> Node {
    let pairs: [(String, Node?)] = [
      ("length", bytes == nil ? .number(length) : nil),
      ("bytes", bytes.map(Node.bytes)),
      ("seed", seed == 1 ? nil : .number(seed)),
      ("count", count == 1 ? nil : .number(count)),
      ("header", header.isEmpty ? nil : .bytes(header)),
    ]
    let present = (pairs + others).filter { $0.1 != nil }
    return present.count == 1 && bytes == nil ? .number(length) : .fields(present)
  }
}
