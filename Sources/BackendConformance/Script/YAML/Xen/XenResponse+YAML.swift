import Yams

extension XenResponse {
  static let keys = ["id", "status", "offset", "flags", "type", "payload", "data"]

  init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: Self.keys)
    self.init(
      id: try fields["id"]?.integer(),
      status: try fields["status"]?.integer(),
      offset: try fields["offset"]?.integer(),
      flags: try fields["flags"]?.integer(),
      type: try fields["type"]?.integer(),
      payload: try fields.value("payload", or: nil) { node throws(InputFileError) in
        try XenBounds.bytes(node, most: 6)
      },
      data: try fields["data"]?.integer()
    )
  }

  var node: Node {
    .fields([
      ("id", id.map { .number($0) }), ("status", status.map { .number($0) }),
      ("offset", offset.map { .number($0) }), ("flags", flags.map { .number($0) }),
      ("type", type.map { .number($0) }), ("payload", payload.map(Node.bytes)),
      ("data", data.map { .number($0) }),
    ])
  }
}
