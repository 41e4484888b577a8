extension FrameSummary {
  /// Summarises the bytes of a frame.
  init(_ bytes: UnsafeRawBufferPointer) {
    length = bytes.count
    unsafe digest = Self.digest(bytes)
    head = unsafe Array(bytes.prefix(Self.headLength))
  }

  /// Summarises the bytes of a frame.
  public init(_ bytes: [UInt8]) {
    self = unsafe bytes.withUnsafeBytes { unsafe FrameSummary($0) }
  }

  /// A digest that differs when any byte, their order or their number differs.
  ///
  /// It takes eight bytes at a time, little-endian. It guards against accidents, not adversaries.
  private static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
    var state = UInt64(bytes.count) &* prime
    let words = bytes.count / 8
    for index in 0..<words {
      // In bounds: index < count / 8.
      let word = unsafe bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
      state = mix(state ^ UInt64(littleEndian: word), prime)
    }
    var tail: UInt64 = 0
    for index in (words * 8)..<bytes.count { tail = unsafe tail << 8 | UInt64(bytes[index]) }
    return mix(state ^ tail, prime)
  }

  private static func mix(_ value: UInt64, _ prime: UInt64) -> UInt64 {
    let product = value &* prime
    return product ^ (product >> 29)
  }
}
