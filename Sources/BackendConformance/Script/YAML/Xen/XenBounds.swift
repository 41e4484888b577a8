/// What numbers in a script file may be: what a slot has room for, and no more than is made in time.
enum XenBounds {
  static let queues = 0...1023
  static let pages = 0...1023
  static let positions = 0...255
  static let byte = 0...0xFF
  static let half = 0...0xFFFF
  static let word = 0...Int(UInt32.max)
  static let status = Int(Int16.min)...Int(Int16.max)
  /// Where in a page something begins, its end included.
  static let offsets = 0...4096
  static let raises = 0...0x1_0000
  static let reads = 1...0x1_0000

  /// The bytes that stand here, at most so many.
  static func bytes(_ node: YAMLNode, most: Int) throws(InputFileError) -> [UInt8] {
    let bytes = try node.bytes()
    guard bytes.count <= most else {
      throw node.refused("at most " + Notation.quantity(most, "byte"), found: "\(bytes.count)")
    }
    return bytes
  }
}

extension YAMLFields {
  /// The whole number of `key` within bounds, or nothing if it is absent.
  func number(_ key: String, in range: ClosedRange<Int>) throws(InputFileError) -> Int? {
    try self[key]?.integer(in: range)
  }
}
