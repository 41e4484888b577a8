import Yams

extension XenSlot {
  /// The keys that say what kind of slot it is; exactly one of them is there.
  static let kinds = ["size", "extra", "buffer", "control", "bytes"]
  /// The keys of a slot of each kind, that of the kind first.
  static let keys: [String: [String]] = [
    "size": ["size", "flags", "id", "offset", "page", "grant"],
    "extra": ["extra", "flags", "payload"], "buffer": ["buffer", "page", "grant"],
    "control": ["control", "id", "data", "page"], "bytes": ["bytes"],
  ]

  /// Reads a slot.
  init(node: YAMLNode) throws(InputFileError) { try self.init(node, alsoKnown: []) }

  /// Reads a slot whose mapping may have further keys.
  init(_ node: YAMLNode, alsoKnown others: [String]) throws(InputFileError) {
    let any = Set(Self.keys.values.joined()).sorted() + others
    let (kind, value) = try YAMLFields(node, known: any).only(
      of: Self.kinds,
      "of " + Self.kinds.joined(separator: ", ")
    )
    let fields = try YAMLFields(node, known: (Self.keys[kind] ?? []) + others)
    switch kind {
    case "size": self = .request(try XenRequest(fields))
    case "extra": self = .extra(try XenExtra(fields))
    case "buffer": self = .buffer(try XenBuffer(fields))
    case "control": self = .control(try XenControl(fields))
    default: self = .bytes(try XenBounds.bytes(value, most: 16))
    }
  }

  var node: Node { .fields(pairs) }

  var pairs: [(String, Node?)] {
    switch self {
    case .request(let request): request.pairs
    case .extra(let extra): extra.pairs
    case .buffer(let buffer): buffer.pairs
    case .control(let control): control.pairs
    case .bytes(let bytes): [("bytes", .bytes(bytes))]
    }
  }
}

extension XenRequest {
  fileprivate init(_ fields: YAMLFields) throws(InputFileError) {
    self.init(
      size: try fields.required("size").integer(in: XenBounds.half),
      flags: try fields.number("flags", in: XenBounds.half) ?? 0,
      id: try fields.number("id", in: XenBounds.half),
      offset: try fields.number("offset", in: XenBounds.half) ?? 0,
      page: try fields.number("page", in: XenBounds.pages),
      grant: try fields.number("grant", in: XenBounds.word)
    )
  }

  fileprivate var pairs: [(String, Node?)] {
    [
      ("size", .number(size)), ("flags", flags == 0 ? nil : .number(flags)),
      ("id", id.map { .number($0) }), ("offset", offset == 0 ? nil : .number(offset)),
      ("page", page.map { .number($0) }), ("grant", grant.map { .number($0) }),
    ]
  }
}

extension XenExtra {
  fileprivate init(_ fields: YAMLFields) throws(InputFileError) {
    self.init(
      type: try fields.required("extra").integer(in: XenBounds.byte),
      flags: try fields.number("flags", in: XenBounds.byte) ?? 0,
      payload: try fields.value("payload", or: []) { node throws(InputFileError) in
        try XenBounds.bytes(node, most: 6)
      }
    )
  }

  fileprivate var pairs: [(String, Node?)] {
    [
      ("extra", .number(type)), ("flags", flags == 0 ? nil : .number(flags)),
      ("payload", payload.isEmpty ? nil : .bytes(payload)),
    ]
  }
}

extension XenBuffer {
  fileprivate init(_ fields: YAMLFields) throws(InputFileError) {
    let id = try fields.required("buffer")
    self.init(
      id: id.isNull ? nil : try id.integer(in: XenBounds.half),
      page: try fields.number("page", in: XenBounds.pages),
      grant: try fields.number("grant", in: XenBounds.word)
    )
  }

  fileprivate var pairs: [(String, Node?)] {
    [
      ("buffer", id.map { .number($0) } ?? .null), ("page", page.map { .number($0) }),
      ("grant", grant.map { .number($0) }),
    ]
  }
}

extension XenControl {
  fileprivate init(_ fields: YAMLFields) throws(InputFileError) {
    let data = try fields.value("data", or: []) { node throws(InputFileError) -> [Int] in
      let data = try node.list { number throws(InputFileError) -> Int in
        try number.integer(in: XenBounds.word)
      }
      guard data.count <= 3 else {
        throw node.refused("at most 3 numbers", found: "\(data.count)")
      }
      return data
    }
    self.init(
      type: try fields.required("control").integer(in: XenBounds.half),
      id: try fields.number("id", in: XenBounds.half),
      data: data,
      page: try fields.number("page", in: XenBounds.pages)
    )
  }

  fileprivate var pairs: [(String, Node?)] {
    [
      ("control", .number(type)), ("id", id.map { .number($0) }),
      ("data", data.isEmpty ? nil : .list(data.map { .number($0) })),
      ("page", page.map { .number($0) }),
    ]
  }
}
