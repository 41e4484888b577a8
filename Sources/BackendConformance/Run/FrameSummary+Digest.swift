extension FrameSummary {
  /// Summarises the bytes of a frame.
  init(_ bytes: UnsafeRawBufferPointer) {
    length = bytes.count
    unsafe digest = Self.digest(bytes)
    head = unsafe Array(UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.headLength)))
  }

  /// Summarises the bytes of a frame.
  public init(_ bytes: [UInt8]) {
    self = unsafe bytes.withUnsafeBytes { unsafe FrameSummary($0) }
  }

  /// A digest that differs when any byte, their order or their number differs.
  ///
  /// It takes eight bytes at a time, little-endian, in four rows that do not wait for one another. It
  /// guards against accidents, not adversaries.
  static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard var next = bytes.baseAddress else { return 0 }
    var left = bytes.count
    var (first, second, third, fourth) = (UInt64(left), prime, ~prime, prime << 1)
    // In bounds: what is read is counted off what is left.
    while left >= 32 {
      first = unsafe mix(first ^ word(next))
      second = unsafe mix(second ^ word(next + 8))
      third = unsafe mix(third ^ word(next + 16))
      fourth = unsafe mix(fourth ^ word(next + 24))
      unsafe next += 32
      left -= 32
    }
    var state = mix(mix(mix(first) ^ second) ^ third) ^ fourth
    while left >= 8 {
      state = unsafe mix(state ^ word(next))
      unsafe next += 8
      left -= 8
    }
    var tail: UInt64 = 0
    for index in 0..<left {
      tail = unsafe tail << 8 | UInt64(next.load(fromByteOffset: index, as: UInt8.self))
    }
    return mix(mix(state) ^ tail)
  }

  private static let prime: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* prime
    return product ^ (product >> 29)
  }

  private static func word(_ address: UnsafeRawPointer) -> UInt64 {
    unsafe UInt64(littleEndian: address.loadUnaligned(as: UInt64.self))
  }
}
