import Yams

extension XenExpectation {
  /// The keys of such outcomes.
  static let keys = [
    "responses", "responsesInAnyOrder", "xenIndices", "bytes", "filled", "count", "copies",
    "holdings", "value", "valueIn", "states", "written",
  ]

  /// Reads the outcome that `key`, one of ``keys``, names.
  init(key: String, node: YAMLNode) throws(InputFileError) {
    switch key {
    case "responses": self = .responses(try node.list(XenResponse.init(node:)))
    case "responsesInAnyOrder":
      self = .responsesInAnyOrder(try node.list(XenResponse.init(node:)))
    case "xenIndices": self = .indices(try XenIndices(node: node))
    case "bytes": self = .bytes(try XenBounds.bytes(node, most: XenBounds.offsets.upperBound))
    case "filled": self = .filled(UInt8(try node.integer(in: XenBounds.byte)))
    case "count": self = .count(try node.range())
    case "copies": self = .copies(try node.list(XenCopy.init(node:)))
    case "holdings": self = .holdings(try XenHoldings(node: node))
    case "value": self = .value(try node.textOrNothing())
    case "valueIn": self = .number(try node.range())
    case "states":
      self = .states(try node.list { state throws(InputFileError) in try state.integer() })
    default: self = .writes(try node.texts())
    }
  }

  /// The key of the outcome, and what stands after it.
  var field: (key: String, value: Node) {
    switch self {
    case .responses(let responses): ("responses", .list(responses.map(\.node)))
    case .responsesInAnyOrder(let responses):
      ("responsesInAnyOrder", .list(responses.map(\.node)))
    case .indices(let indices): ("xenIndices", indices.node)
    case .bytes(let bytes): ("bytes", .bytes(bytes))
    case .filled(let byte): ("filled", .number(byte))
    case .count(let range): ("count", .range(range))
    case .copies(let copies): ("copies", .list(copies.map(\.node)))
    case .holdings(let holdings): ("holdings", holdings.node)
    case .value(let value): ("value", value.map(Node.text) ?? .null)
    case .number(let range): ("valueIn", .range(range))
    case .states(let states): ("states", .list(states.map { .number($0) }))
    case .writes(let writes): ("written", .list(writes.map(Node.text)))
    }
  }
}

extension XenIndices {
  static let keys = XenIndex.allCases.map(\.rawValue)

  fileprivate init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: Self.keys)
    self.init(
      requestProducer: try fields["requestProducer"]?.integer(),
      requestEvent: try fields["requestEvent"]?.integer(),
      responseProducer: try fields["responseProducer"]?.integer(),
      responseEvent: try fields["responseEvent"]?.integer()
    )
  }

  fileprivate var node: Node {
    .fields([
      ("requestProducer", requestProducer.map { .number($0) }),
      ("requestEvent", requestEvent.map { .number($0) }),
      ("responseProducer", responseProducer.map { .number($0) }),
      ("responseEvent", responseEvent.map { .number($0) }),
    ])
  }
}

extension XenCopy {
  static let keys = ["page", "offset", "length", "localOffset", "initialStatus", "status"]

  fileprivate init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: XenRing.keys + Self.keys)
    self.init(
      fields["ring"] == nil ? nil : try XenRing(fields),
      page: try fields["page"]?.integer(),
      offset: try fields["offset"]?.integer(),
      length: try fields["length"]?.integer(),
      localOffset: try fields["localOffset"]?.integer(),
      initialStatus: try fields["initialStatus"]?.integer(),
      status: try fields["status"]?.integer()
    )
  }

  fileprivate var node: Node {
    .fields(
      (ring?.pairs ?? []) + [
        ("page", page.map { .number($0) }), ("offset", offset.map { .number($0) }),
        ("length", length.map { .number($0) }), ("localOffset", localOffset.map { .number($0) }),
        ("initialStatus", initialStatus.map { .number($0) }),
        ("status", status.map { .number($0) }),
      ]
    )
  }
}

extension XenHoldings {
  static let keys = ["pages", "channels", "watches", "transactions", "strayUnmaps"]

  fileprivate init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: Self.keys)
    self.init(
      pages: try fields["pages"]?.integer(),
      channels: try fields["channels"]?.integer(),
      watches: try fields["watches"]?.integer(),
      transactions: try fields["transactions"]?.integer(),
      strayUnmaps: try fields["strayUnmaps"]?.integer()
    )
  }

  fileprivate var node: Node {
    .fields([
      ("pages", pages.map { .number($0) }), ("channels", channels.map { .number($0) }),
      ("watches", watches.map { .number($0) }),
      ("transactions", transactions.map { .number($0) }),
      ("strayUnmaps", strayUnmaps.map { .number($0) }),
    ])
  }
}
