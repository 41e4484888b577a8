import NetBackend
import Yams

extension VirtioNetFeatures {
  /// Reads a list of features: names as the specification spells them, or bit numbers.
  init(node: YAMLNode) throws(InputFileError) {
    self.init()
    for feature in try node.list(Self.feature) { formUnion(feature) }
  }

  private static func feature(_ node: YAMLNode) throws(InputFileError) -> VirtioNetFeatures {
    let text = try node.text("a feature or its bit number")
    if let bit = names.first(where: { $0.name == text })?.bit { return VirtioNetFeatures(bit: bit) }
    guard Int(text) == nil else { return VirtioNetFeatures(bit: try node.integer(in: 0...63)) }
    let question = Spelling.question(for: text, among: names.map(\.name))
    throw node.refused("a feature or its bit number", found: Notation.quoted(text) + question)
  }
}

extension VirtioNetHeader {
  /// The fields in the order they stand in the header.
  static let keys = [
    "flags", "segmentation", "headersLength", "segmentSize", "checksumStart", "checksumOffset",
    "bufferCount",
  ]

  /// Reads a header field by field; one that is left out is zero.
  init(node: YAMLNode) throws(InputFileError) {
    self.init()
    let fields = try YAMLFields(node, known: Self.keys)
    flags = Flags(rawValue: try fields["flags"]?.integer() ?? 0)
    segmentation = try fields["segmentation"]?.integer() ?? 0
    headersLength = try fields["headersLength"]?.integer() ?? 0
    segmentSize = try fields["segmentSize"]?.integer() ?? 0
    checksumStart = try fields["checksumStart"]?.integer() ?? 0
    checksumOffset = try fields["checksumOffset"]?.integer() ?? 0
    bufferCount = try fields["bufferCount"]?.integer() ?? 0
  }
}

extension SystemCallFault {
  init(node: YAMLNode) throws(InputFileError) {
    let effects = ["fails", "returns", "finds"]
    let fields = try YAMLFields(node, known: ["call", "after", "times"] + effects)
    let (word, value) = try fields.only(of: effects, "of fails, returns, finds")
    let effect: Effect =
      switch word {
      case "fails": .fails(try value.integer())
      case "returns": .returns(try value.integer())
      default: .finds(try FramePattern(node: value))
      }
    self.init(
      try fields["call"]?.text(),
      after: try fields["after"]?.integer() ?? 0,
      times: try fields["times"]?.integer() ?? 1,
      effect
    )
  }
}
