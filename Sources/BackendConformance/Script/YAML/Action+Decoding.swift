import NetBackend

extension Action {
  /// Every word that an action has.
  static let words =
    [
      "open", "close", "send", "sendClaiming", "peek", "receive", "discard", "enableReceive",
      "disableReceive", "offeredFeatures", "setFeatures", "headerLength", "runLoop",
      "awaitCallbacks", "whenCalledBack", "linger", "inject", "injectOffloaded", "collect", "link",
      "fault", "calls", "ledger", "setErrno", "drops", "select", "prepare", "advanceClock",
      "together", "repeated",
    ] + RingAction.words + XenAction.words

  /// The most that a script may ask for of anything that is counted.
  static let mostRepetitions = 1 << 24

  /// Reads the action that `word` names.
  init(word: String, node: YAMLNode) throws(InputFileError) {
    if let action = Self.withoutArguments[word] {
      guard node.isNull else { throw node.refused("nothing after \(word)") }
      self = action
      return
    }
    switch word {
    case "open", "send", "sendClaiming", "receive", "setFeatures", "inject", "injectOffloaded",
      "collect":
      self = try Self.call(word, node)
    case "whenCalledBack", "together", "repeated", "runLoop", "awaitCallbacks":
      self = try Self.flow(word, node)
    default:
      self = try Self.surroundings(word, node)
    }
  }

  private static let withoutArguments: [String: Action] = [
    "close": .close, "peek": .peek, "discard": .discard, "enableReceive": .enableReceive,
    "disableReceive": .disableReceive, "offeredFeatures": .offeredFeatures,
    "headerLength": .headerLength, "linger": .linger, "ledger": .ledger, "drops": .drops,
  ]

  private static func call(_ word: String, _ node: YAMLNode) throws(InputFileError) -> Action {
    switch word {
    case "open": return try open(node)
    case "send": return try send(node)
    case "sendClaiming": return .sendClaiming(try node.lengths())
    case "receive": return .receive(into: node.isNull ? [65_664] : try node.lengths())
    case "setFeatures": return try setFeatures(node)
    case "inject": return .inject(try node.oneOrMore(FramePattern.init(node:)))
    case "injectOffloaded": return try injectOffloaded(node)
    default: return .collect(count: try node.integer(in: 0...mostRepetitions))
    }
  }

  private static func flow(_ word: String, _ node: YAMLNode) throws(InputFileError) -> Action {
    switch word {
    case "whenCalledBack": return .whenCalledBack(try node.list(Step.init(node:)))
    case "together":
      let lanes = try node.list { lane throws(InputFileError) in
        try lane.list(Step.init(node:))
      }
      return .together(lanes)
    case "repeated":
      let fields = try YAMLFields(node, known: ["times", "steps"])
      let times = try fields.required("times").integer(in: 0...mostRepetitions)
      return .repeated(times, try fields.required("steps").list(Step.init(node:)))
    case "runLoop":
      return .runLoop(turns: node.isNull ? 1 : try node.integer(in: 0...mostRepetitions))
    default:
      return .awaitCallbacks(node.isNull ? 1 : try node.integer(in: 0...mostRepetitions))
    }
  }

  private static func surroundings(
    _ word: String,
    _ node: YAMLNode
  ) throws(InputFileError) -> Action {
    switch word {
    case "link": return .link(try node.word(LinkState.self))
    case "fault": return .fault(try SystemCallFault(node: node))
    case "calls": return .calls(node.isNull ? [] : try node.texts())
    case "setErrno": return .setErrno(try node.integer())
    case "select":
      let fields = try YAMLFields(node, known: ["name", "prefixes"])
      let name = try fields.required("name").text()
      return .select(name: name, prefixes: try fields.required("prefixes").texts())
    case "prepare": return .prepare(try node.word(DeviceState.self))
    case "advanceClock": return .advanceClock(try node.integer())
    case _ where RingAction.words.contains(word):
      return .ring(try RingAction(word: word, node: node))
    case _ where XenAction.words.contains(word):
      return .xen(try XenAction(word: word, node: node))
    default: throw node.refused("a known action", found: Notation.quoted(word))
    }
  }

  private static func open(_ node: YAMLNode) throws(InputFileError) -> Action {
    guard !node.isNull else { return .open(name: nil, descriptor: nil) }
    let fields = try YAMLFields(node, known: ["name", "descriptor"])
    let descriptor = try fields["descriptor"]?.word(SuppliedDescriptor.self)
    return .open(name: try fields["name"]?.text(), descriptor: descriptor)
  }

  private static func send(_ node: YAMLNode) throws(InputFileError) -> Action {
    let (frame, fields) = try FramePattern.decode(node, andKeys: ["elements"])
    let elements = try fields?["elements"]?.list { node throws(InputFileError) in
      try node.integer(in: 0...FramePattern.longest)
    }
    return .send(frame, elements: elements ?? [])
  }

  private static func setFeatures(_ node: YAMLNode) throws(InputFileError) -> Action {
    let fields = try YAMLFields(node, known: ["features", "headerLength"])
    let length: Int = try fields.required("headerLength").integer()
    return .setFeatures(
      try VirtioNetFeatures(node: fields.required("features")),
      headerLength: length
    )
  }

  private static func injectOffloaded(_ node: YAMLNode) throws(InputFileError) -> Action {
    let (frame, fields) = try FramePattern.decode(node, andKeys: ["offload"])
    guard let offload = fields?["offload"] else {
      throw node.refused("the key offload", found: "no such key")
    }
    return .injectOffloaded(frame, header: try VirtioNetHeader(node: offload))
  }
}
