extension UnsafeRawPointer {
  /// The big-endian number that begins at an offset in bytes, aligned or not.
  @inline(__always)
  func big<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: Number.Type = Number.self
  ) -> Number {
    unsafe Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
  }
}

extension UnsafeMutableRawPointer {
  /// The big-endian number that begins at an offset in bytes, aligned or not.
  @inline(__always)
  func big<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: Number.Type = Number.self
  ) -> Number {
    unsafe UnsafeRawPointer(self).big(at: offset, as: type)
  }

  /// Writes a number at an offset in bytes, aligned or not, big-endian.
  @inline(__always)
  func writeBig<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number, at offset: Int) {
    unsafe storeBytes(of: number.bigEndian, toByteOffset: offset, as: Number.self)
  }
}
