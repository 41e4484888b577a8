import Yams

extension RingAction {
  /// Reads the action that `word`, one of ``words``, names.
  init(word: String, node: YAMLNode) throws(InputFileError) {
    switch word {
    case "limitTransmit":
      self = .limit(node.isNull ? nil : try node.integer(in: 0...Action.mostRepetitions))
    case "publish": self = try Self.publish(node)
    case "placeRing":
      let fields = try YAMLFields(node, known: RingName.keys + ["head", "tail"])
      self = .place(
        try RingName(fields),
        head: try fields.required("head").integer(),
        tail: try fields.required("tail").integer()
      )
    case "setRingIndex":
      let fields = try YAMLFields(node, known: RingName.keys + ["index", "value"])
      let index = try fields.required("index").word(RingIndex.self)
      self = .setIndex(try RingName(fields), index, try fields.required("value").integer())
    case "setSlot", "changeAfterRead":
      let fields = try YAMLFields(node, known: RingName.keys + SlotPattern.keys + ["position"])
      let position: Int = try fields.required("position").integer()
      let (ring, slot) = (try RingName(fields), try SlotPattern(fields))
      self =
        word == "setSlot"
        ? .setSlot(ring, position: position, slot)
        : .changeAfterRead(ring, position: position, slot)
    default: self = try Self.question(word, node)
    }
  }

  private static func publish(_ node: YAMLNode) throws(InputFileError) -> RingAction {
    let (frame, fields) = try FramePattern.decode(node, andKeys: RingName.keys + ["slots"])
    guard let fields else { throw node.refused("a mapping") }
    let slots = try fields.required("slots").list(SlotPattern.init(node:))
    return .publish(try RingName(fields), frame, slots: slots)
  }

  private static func question(_ word: String, _ node: YAMLNode) throws(InputFileError)
    -> RingAction
  {
    guard word == "slots" else {
      let fields = try YAMLFields(node, known: RingName.keys)
      return word == "ringIndices"
        ? .indices(try RingName(fields)) : .changes(try RingName(fields))
    }
    let fields = try YAMLFields(node, known: RingName.keys + ["from", "count"])
    return .slots(
      try RingName(fields),
      from: try fields.required("from").integer(),
      count: try fields.required("count").integer(in: 0...1 << 20)
    )
  }

  /// What stands after the action's word.
  var argument: Node {
    switch self {
    case .place(let ring, let head, let tail):
      .fields(ring.pairs + [("head", .number(head)), ("tail", .number(tail))])
    case .setIndex(let ring, let index, let value):
      .fields(ring.pairs + [("index", .text(index.rawValue)), ("value", .number(value))])
    case .setSlot(let ring, let position, let slot),
      .changeAfterRead(let ring, let position, let slot):
      .fields(ring.pairs + [("position", .number(position))] + slot.pairs)
    case .publish(let ring, let frame, let slots):
      frame.node(with: ring.pairs + [("slots", .list(slots.map(\.node)))])
    case .limit(let count): count.map { .number($0) } ?? .nothing
    case .indices(let ring), .changes(let ring): .fields(ring.pairs)
    case .slots(let ring, let start, let count):
      .fields(ring.pairs + [("from", .number(start)), ("count", .number(count))])
    }
  }
}

extension RingName {
  static let keys = ["ring", "number"]

  init(_ fields: YAMLFields) throws(InputFileError) {
    self.init(
      try fields.required("ring").word(Direction.self),
      try fields.value("number", or: 0) { node throws(InputFileError) in
        try node.integer(in: 0...1023)
      }
    )
  }

  var pairs: [(String, Node?)] {
    [("ring", .text(direction.rawValue)), ("number", number == 0 ? nil : .number(number))]
  }
}

extension SlotPattern {
  static let keys = ["length", "flags", "buffer"]

  init(_ fields: YAMLFields) throws(InputFileError) {
    self.init(
      length: try fields["length"]?.integer(in: 0...65_535),
      flags: try fields["flags"]?.integer(in: 0...65_535),
      buffer: try fields["buffer"]?.integer(in: 0...Int(UInt32.max))
    )
  }

  init(node: YAMLNode) throws(InputFileError) {
    try self.init(YAMLFields(node, known: Self.keys))
  }

  var pairs: [(String, Node?)] {
    [
      ("length", length.map { .number($0) }), ("flags", flags.map { .number($0) }),
      ("buffer", buffer.map { .number($0) }),
    ]
  }

  var node: Node { .fields(pairs) }
}
