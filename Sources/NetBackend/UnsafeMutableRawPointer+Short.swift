/// The most bytes that are copied without a call.
@inlinable package var fewBytes: Int { 64 }

extension UnsafeMutableRawPointer {
  /// Copies bytes that do not overlap; few of them without a call.
  ///
  /// Most frames are short, and then the call costs more than the copy: two loads that may overlap
  /// each other cover every length between a power of two and the next.
  @inlinable
  @inline(__always)
  package func copyShort(from source: UnsafeRawPointer, count: Int) {
    if count > fewBytes {
      unsafe copyMemory(from: source, byteCount: count)
    } else {
      unsafe copyFew(from: source, count: count)
    }
  }

  /// Copies at most `fewBytes` bytes that do not overlap, without a call.
  @inlinable
  @inline(__always)
  package func copyFew(from source: UnsafeRawPointer, count: Int) {
    if count >= 16 { return unsafe copySixteens(source, count) }
    if count >= 8 { return unsafe copyEnds(source, count, as: UInt64.self) }
    if count >= 4 { return unsafe copyEnds(source, count, as: UInt32.self) }
    if count >= 2 { return unsafe copyEnds(source, count, as: UInt16.self) }
    if count == 1 { unsafe copyEnds(source, 1, as: UInt8.self) }
  }

  @inlinable
  func copySixteens(_ source: UnsafeRawPointer, _ count: Int) {
    if count > 32 {
      unsafe copyOne(source, 16, as: SIMD16<UInt8>.self)
      unsafe copyOne(source, count &- 32, as: SIMD16<UInt8>.self)
    }
    unsafe copyEnds(source, count, as: SIMD16<UInt8>.self)
  }

  /// Copies the first and the last bytes of a run.
  @inlinable
  func copyEnds<Unit: BitwiseCopyable>(
    _ source: UnsafeRawPointer,
    _ count: Int,
    as unit: Unit.Type
  ) {
    let last = count &- MemoryLayout<Unit>.size
    let head = unsafe source.loadUnaligned(as: Unit.self)
    let tail = unsafe source.loadUnaligned(fromByteOffset: last, as: Unit.self)
    unsafe storeBytes(of: head, as: Unit.self)
    unsafe storeBytes(of: tail, toByteOffset: last, as: Unit.self)
  }

  @inlinable
  func copyOne<Unit: BitwiseCopyable>(
    _ source: UnsafeRawPointer,
    _ offset: Int,
    as unit: Unit.Type
  ) {
    unsafe storeBytes(
      of: source.loadUnaligned(fromByteOffset: offset, as: Unit.self),
      toByteOffset: offset,
      as: Unit.self
    )
  }
}
