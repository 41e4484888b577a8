import Yams

extension FramePattern {
  /// The longest frame that a script file may describe, in bytes.
  static let longest = 1 << 24

  /// Reads a run of frames: a length alone, or a mapping.
  init(node: YAMLNode) throws(InputFileError) { self = try Self.decode(node, andKeys: []).frame }

  /// Reads a run of frames whose mapping may have further keys.
  static func decode(
    _ node: YAMLNode,
    andKeys keys: [String]
  ) throws(InputFileError) -> (frame: FramePattern, fields: YAMLFields?) {
    if case .scalar = node.node {
      return (FramePattern(try node.integer(in: 0...longest)), nil)
    }
    let known = ["length", "bytes", "capture", "seed", "count", "header"] + keys
    let fields = try YAMLFields(node, known: known)
    var frame = try contents(fields)
    frame.seed = try fields.value("seed", or: 1) { node throws(InputFileError) in
      try node.integer(in: -(1 << 52)...(1 << 52))
    }
    frame.count = try fields.value("count", or: 1) { node throws(InputFileError) in
      try node.integer(in: 0...Action.mostRepetitions)
    }
    frame.header = try fields["header"]?.bytes() ?? []
    return (frame, fields)
  }

  private static func contents(_ fields: YAMLFields) throws(InputFileError) -> FramePattern {
    let (key, node) = try fields.only(
      of: ["length", "bytes", "capture"],
      "of length, bytes, capture"
    )
    switch key {
    case "length": return FramePattern(try node.integer(in: 0...longest))
    case "bytes": return FramePattern(bytes: try node.bytes())
    default: return FramePattern(bytes: try CaptureReference(node: node).bytes())
    }
  }
}
