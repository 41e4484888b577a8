extension FramePattern {
  /// Writes one frame of the run, header included, to memory of ``totalLength`` bytes.
  func write(_ index: Int, to target: UnsafeMutableRawBufferPointer) {
    unsafe target.copyBytes(from: header)
    let frame = unsafe UnsafeMutableRawBufferPointer(rebasing: target[header.count...])
    if let bytes {
      unsafe frame.copyBytes(from: bytes)
      return
    }
    let start = min(Self.ethernetHeader.count, length)
    unsafe frame.copyBytes(from: Self.ethernetHeader.prefix(start))
    let base = UInt32(truncatingIfNeeded: seed + index) &* 0x9E37_79B1
    for position in start..<length {
      let mixed = (base &+ UInt32(truncatingIfNeeded: position)) &* 0x85EB_CA6B
      // In bounds: the target holds `totalLength` bytes.
      unsafe frame[position] = UInt8(truncatingIfNeeded: mixed >> 24)
    }
  }
}

extension FramePattern: CustomStringConvertible {
  /// The run in the notation of scripts, such as `60 bytes` or `3 × 1514 bytes, seed 7`.
  public var description: String {
    var text = "\(length) bytes"
    if count != 1 { text = "\(count) × " + text }
    if bytes != nil { text += " given" }
    if bytes == nil && seed != 1 { text += ", seed \(seed)" }
    if !header.isEmpty {
      text += ", header " + header.map { Hexadecimal.string($0) }.joined(separator: " ")
    }
    return text
  }
}
