extension UnsafeRawPointer {
  /// The little-endian number that begins at an offset in bytes, aligned or not.
  @usableFromInline @inline(__always)
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: Number.Type = Number.self
  ) -> Number {
    unsafe Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
  }
}

extension UnsafeMutableRawPointer {
  /// Writes a number at an offset in bytes, aligned or not, little-endian.
  @usableFromInline @inline(__always)
  func write<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
    unsafe storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self)
  }
}
