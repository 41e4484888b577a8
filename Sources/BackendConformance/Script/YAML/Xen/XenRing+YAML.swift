import Yams

extension XenRing {
  static let keys = ["ring", "queue"]

  /// Reads the ring that is named among other fields.
  init(_ fields: YAMLFields) throws(InputFileError) {
    self.init(
      try fields.required("ring").word(Kind.self),
      try fields.value("queue", or: 0) { node throws(InputFileError) in
        try node.integer(in: XenBounds.queues)
      }
    )
  }

  /// Reads the ring that stands alone.
  init(node: YAMLNode) throws(InputFileError) {
    try self.init(YAMLFields(node, known: Self.keys))
  }

  var pairs: [(String, Node?)] {
    [("ring", .text(kind.rawValue)), ("queue", queue == 0 ? nil : .number(queue))]
  }

  var node: Node { .fields(pairs) }
}
