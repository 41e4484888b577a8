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
    guard let memory = frame.baseAddress else { return }
    let base = UInt32(truncatingIfNeeded: seed + index) &* 0x9E37_79B1
    let factor: UInt32 = 0x85EB_CA6B
    var mixed = (base &+ UInt32(start)) &* factor
    for position in start..<length {
      let byte = UInt8(truncatingIfNeeded: mixed >> 24)
      // In bounds: the target holds `totalLength` bytes.
      unsafe memory.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
      // The product for the next position.
      mixed &+= factor
    }
  }

  /// The digest of one frame of the run, header included, as ``FrameSummary`` has it.
  ///
  /// - Parameter index: Which frame, counted from 0; in a repetition the round is added.
  func digest(_ index: Int = 0) -> UInt64 {
    unsafe withUnsafeTemporaryAllocation(byteCount: totalLength, alignment: 8) { memory in
      unsafe write(index, to: memory)
      return unsafe FrameSummary.digest(UnsafeRawBufferPointer(memory))
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
