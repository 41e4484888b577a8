/// One frame of a capture file, as a script file names it.
struct CapturedFrame {
  /// The mapping that names it.
  let node: YAMLNode
  /// The capture file, beside the script file unless its path is absolute.
  let file: String
  /// Which frame, counted from 1 as capture programs do.
  let frame: Int

  init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: ["file", "frame"])
    self.node = node
    file = try fields.required("file").text()
    frame = try fields.required("frame").integer(in: 1...Int.max)
  }

  /// The bytes of the frame.
  func bytes() throws(InputFileError) -> [UInt8] {
    throw node.refused("length or bytes", found: "a capture file, which is unsupported here")
  }
}
