import NetBackend
import Yams

extension Outcome {
  /// Reads an outcome: a word, or a mapping with what is expected and perhaps a label.
  init(node: YAMLNode) throws(InputFileError) {
    if case .scalar = node.node {
      self.init(try Expectation(word: try node.text("an outcome"), node: node))
      return
    }
    let fields = try YAMLFields(node, known: Expectation.keys + ["label", "required", "errno"])
    let (key, value) = try fields.only(of: Expectation.keys, "outcome")
    try fields.refuse("required", unlessAfter: "error", key)
    try fields.refuse("errno", unlessAfter: "explainedError", key)
    let expectation: Expectation
    if let errno = fields["errno"] {
      expectation = .systemError(try value.words(), errno: try errno.integer(in: 0...4095))
    } else if key == "error" {
      expectation = .error(try value.words(), required: try fields["required"]?.integer())
    } else {
      expectation = try Expectation(key: key, node: value)
    }
    self.init(expectation, label: try fields["label"]?.text())
  }
}

extension Expectation {
  /// The outcomes that a word alone stands for.
  static let words: [String: Expectation] = [
    "anything": .anything, "done": .done, "opened": .opened(kind: nil), "nothing": .nothing,
    "error": .error([], required: nil), "spoiled": .spoiled, "balanced": .balanced,
    "wellKept": .wellKept,
    "nonBlocking": .nonBlocking, "notInherited": .notInherited, "closedFeatures": .closedFeatures,
  ]

  /// The keys of outcomes, those that stand alone included.
  static let keys =
    words.keys.sorted() + [
      "length", "lengthIn", "frame", "anyFrame", "frames", "someFrames", "framesInAnyOrder",
      "explainedError", "offers", "offersNotAll", "callbacks", "calls", "callCount",
      "headerLength", "features", "drops", "stillOpen",
    ] + RingExpectation.keys + XenExpectation.keys

  /// Reads an outcome that is a word alone.
  init(word: String, node: YAMLNode) throws(InputFileError) {
    guard let expectation = Self.words[word] else {
      let question = Spelling.question(for: word, among: Self.keys)
      throw node.refused("an outcome", found: Notation.quoted(word) + question)
    }
    self = expectation
  }

  /// Reads the outcome that `key` names.
  init(key: String, node: YAMLNode) throws(InputFileError) {
    switch key {
    case "opened": self = .opened(kind: node.isNull ? nil : try node.text())
    case "explainedError": self = .explainedError(try node.words())
    case "frame", "anyFrame", "frames", "someFrames", "framesInAnyOrder":
      self = try Self.frames(key, node)
    case "calls": self = .calls(try node.list(CallPattern.init(node:)))
    case "offers": self = .offers(try VirtioNetFeatures(node: node))
    case "offersNotAll": self = .offersNotAll(try VirtioNetFeatures(node: node))
    case _ where RingExpectation.keys.contains(key):
      self = .ring(try RingExpectation(key: key, node: node))
    case _ where XenExpectation.keys.contains(key):
      self = .xen(try XenExpectation(key: key, node: node))
    case "features": self = .features(try VirtioNetFeatures(node: node))
    default: self = try Self.number(key, node)
    }
  }

  private static func frames(
    _ key: String,
    _ node: YAMLNode
  ) throws(InputFileError) -> Expectation {
    switch key {
    case "frame": return .frame(try FramePattern(node: node))
    case "anyFrame": return .anyFrame(try node.integer(in: 0...FramePattern.longest))
    case "frames": return .frames(try node.oneOrMore(FramePattern.init(node:)))
    case "someFrames": return .someFrames(try node.oneOrMore(FramePattern.init(node:)))
    default: return .framesInAnyOrder(try node.oneOrMore(FramePattern.init(node:)))
    }
  }

  private static func number(
    _ key: String,
    _ node: YAMLNode
  ) throws(InputFileError) -> Expectation {
    switch key {
    case "length": return .length(try node.integer())
    case "lengthIn": return .lengthIn(try node.range())
    case "callbacks": return .callbacks(try node.range())
    case "callCount": return .callCount(try node.range())
    case "headerLength": return .headerLength(try node.integer())
    case "stillOpen": return .stillOpen(try node.integer())
    case "drops": return .drops(try node.range())
    default:
      guard node.isNull else { throw node.refused("nothing after \(key)") }
      return try Expectation(word: key, node: node)
    }
  }
}

extension CallPattern {
  /// Reads a call: its name alone, or a mapping.
  init(node: YAMLNode) throws(InputFileError) {
    if case .scalar = node.node {
      self.init(try node.text("a call"))
      return
    }
    let fields = try YAMLFields(node, known: ["name", "argument"])
    self.init(try fields.required("name").text(), try fields["argument"]?.integer())
  }
}

extension YAMLNode {
  /// The words of a list, one word without a list, or none.
  fileprivate func words() throws(InputFileError) -> [String] {
    guard !isNull else { return [] }
    return try oneOrMore { node throws(InputFileError) in try node.text("the reason of an error") }
  }
}

extension YAMLFields {
  /// Refuses a key that only has a meaning beside another.
  fileprivate func refuse(
    _ key: String,
    unlessAfter other: String,
    _ outcome: String
  ) throws(InputFileError) {
    guard let node = self[key], outcome != other else { return }
    throw node.refused("no \(key) but after \(other)")
  }
}
