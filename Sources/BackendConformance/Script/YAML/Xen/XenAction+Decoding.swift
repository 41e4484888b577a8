extension XenAction {
  /// Reads the action that `word`, one of ``words``, names.
  init(word: String, node: YAMLNode) throws(InputFileError) {
    if let action = Self.withoutArguments[word] {
      guard node.isNull else { throw node.refused("nothing after \(word)") }
      self = action
      return
    }
    switch word {
    case "connectFrontend", "writeStore", "readStore": self = try Self.store(word, node)
    case "putSlots": self = try Self.put(node)
    case "raiseChannel", "showSlotsAfterReads", "setXenIndex", "changeXenSlotAfterRead":
      self = try Self.onRing(word, node)
    case "storePage", "failGrant", "pageBytes": self = try Self.onPage(word, node)
    default: self = try Self.question(word, node)
    }
  }

  private static let withoutArguments: [String: XenAction] = [
    "resetRings": .reset, "copies": .copies, "holdings": .holdings, "storeStates": .states,
    "storeWrites": .writes,
  ]

  private static func store(_ word: String, _ node: YAMLNode) throws(InputFileError) -> XenAction {
    if word == "connectFrontend" {
      return .connect(changes: node.isNull ? [:] : try node.textsOrNothing())
    }
    let known = ["directory", "key"] + (word == "readStore" ? [] : ["value"])
    let fields = try YAMLFields(node, known: known)
    let directory = try fields.required("directory").word(XenDirectory.self)
    let key = try fields.required("key").text()
    guard word == "writeStore" else { return .read(directory, key: key) }
    return .write(directory, key: key, value: try fields.required("value").textOrNothing())
  }

  private static func put(_ node: YAMLNode) throws(InputFileError) -> XenAction {
    let fields = try YAMLFields(node, known: XenRing.keys + ["slots", "frame"])
    return .put(
      try XenRing(fields),
      try fields.required("slots").list(XenSlot.init(node:)),
      try fields.value("frame", or: nil) { node throws(InputFileError) in
        try FramePattern(node: node)
      }
    )
  }

  private static func onRing(_ word: String, _ node: YAMLNode) throws(InputFileError) -> XenAction {
    switch word {
    case "raiseChannel":
      let fields = try YAMLFields(node, known: XenRing.keys + ["times"])
      return .raise(
        try XenRing(fields),
        times: try fields.number("times", in: XenBounds.raises) ?? 1
      )
    case "showSlotsAfterReads":
      let fields = try YAMLFields(node, known: XenRing.keys + ["reads"])
      let reads = try fields.required("reads").integer(in: XenBounds.reads)
      return .showAfterReads(try XenRing(fields), reads)
    case "setXenIndex":
      let fields = try YAMLFields(node, known: XenRing.keys + ["index", "value"])
      let index = try fields.required("index").word(XenIndex.self)
      let value = try fields.required("value").integer(in: XenBounds.word)
      return .setIndex(try XenRing(fields), index, value)
    default:
      let fields = try YAMLFields(node, known: XenRing.keys + ["position", "slot"])
      let position = try fields.required("position").integer(in: XenBounds.positions)
      let slot = try XenSlot(node: fields.required("slot"))
      return .changeAfterRead(try XenRing(fields), position: position, slot)
    }
  }

  private static func onPage(_ word: String, _ node: YAMLNode) throws(InputFileError) -> XenAction {
    guard word != "failGrant" else { return try fail(node) }
    let what = word == "storePage" ? "bytes" : "count"
    let fields = try YAMLFields(node, known: XenRing.keys + ["page", "offset", what])
    let (ring, node) = (try XenRing(fields), try fields.required(what))
    let page = try fields.required("page").integer(in: XenBounds.pages)
    let offset = try fields.number("offset", in: XenBounds.offsets) ?? 0
    let room = XenBounds.offsets.upperBound - offset
    guard word == "storePage" else {
      return .page(ring, page: page, offset: offset, count: try node.integer(in: 0...room))
    }
    let bytes = try XenBounds.bytes(node, most: room)
    return .store(ring, page: page, offset: offset, bytes)
  }

  private static func fail(_ node: YAMLNode) throws(InputFileError) -> XenAction {
    let known = XenRing.keys + ["page", "operation", "status", "after", "times"]
    let fields = try YAMLFields(node, known: known)
    let counts = 0...Action.mostRepetitions
    let fault = XenGrantFault(
      try fields.required("operation").word(XenGrantFault.Operation.self),
      status: try fields.required("status").integer(in: XenBounds.status),
      after: try fields.number("after", in: counts) ?? 0,
      times: try fields.number("times", in: counts)
    )
    // Page -1 is the one that the ring itself lies in.
    let page = try fields.required("page").integer(in: -1...XenBounds.pages.upperBound)
    return .failGrant(try XenRing(fields), page: page, fault)
  }

  private static func question(
    _ word: String,
    _ node: YAMLNode
  ) throws(InputFileError) -> XenAction {
    switch word {
    case "showSlots": return .show(try XenRing(node: node))
    case "responses": return .responses(try XenRing(node: node))
    case "xenIndices": return .indices(try XenRing(node: node))
    case "notifications": return .notifications(try XenRing(node: node))
    case "emptyEvents": return .emptyEvents(try XenRing(node: node))
    case "slotBytes":
      let fields = try YAMLFields(node, known: XenRing.keys + ["position"])
      let position = try fields.required("position").integer(in: XenBounds.positions)
      return .slot(try XenRing(fields), position: position)
    default:
      return .received(queue: node.isNull ? 0 : try node.integer(in: XenBounds.queues))
    }
  }
}
