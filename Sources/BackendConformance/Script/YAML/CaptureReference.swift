import Pcap
import SystemPackage

/// One frame of a capture file, as a script file names it.
struct CaptureReference {
  /// The mapping that names it.
  private let node: YAMLNode
  /// The capture file, beside the script file unless its path is absolute.
  private let file: YAMLNode
  /// Which frame, counted from 1 as capture programs do.
  private let frame: YAMLNode

  init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: ["file", "frame"])
    self.node = node
    file = try fields.required("file")
    frame = try fields.required("frame")
  }

  /// The bytes of the frame, all of which must have been captured.
  func bytes() throws(InputFileError) -> [UInt8] {
    let number = try frame.integer(in: 1...Int.max)
    guard let captured = try read(number) else {
      throw frame.refused("the number of a frame of the capture", found: "\(number)")
    }
    guard !captured.isTruncated else {
      throw frame.refused("a frame that was captured whole", found: "its beginning")
    }
    return captured.bytes
  }

  private func read(_ number: Int) throws(InputFileError) -> CapturedFrame? {
    let script = FilePath(node.file).removingLastComponent()
    let path = script.pushing(FilePath(try file.text("the path of a capture file")))
    do {
      return try CaptureReader.frame(number - 1, path: path.string)
    } catch {
      throw file.refused("a capture file", found: error.description.legible)
    }
  }
}
