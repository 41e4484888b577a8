/// The bytes of a structure of netmap's, with its numbers in the machine's byte order.
package struct NetmapBytes: Equatable, Sendable {
  /// The bytes.
  package private(set) var bytes: [UInt8]

  /// A structure of so many zeros.
  package init(count: Int) { bytes = [UInt8](repeating: 0, count: count) }

  /// A copy of memory.
  package init(_ memory: UnsafeRawBufferPointer) { unsafe bytes = [UInt8](memory) }

  /// The number at an offset.
  package func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: Number.Type = Number.self
  ) -> Number {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= bytes.count)
    // The number lies within the bytes.
    return unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: offset, as: Number.self)
    }
  }

  /// Puts a number at an offset.
  package mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(
    _ number: Number,
    at offset: Int
  ) {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= bytes.count)
    // The number lies within the bytes.
    unsafe bytes.withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: number, toByteOffset: offset, as: Number.self)
    }
  }

  /// The text of a field up to its first zero.
  package func text(in field: Range<Int>) -> String {
    String(decoding: bytes[field].prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Puts a text into a field of zeros that has room for it.
  package mutating func put(_ text: String, at offset: Int) {
    for (index, byte) in text.utf8.enumerated() { bytes[offset + index] = byte }
  }

  /// Lends the bytes to a call that reads and writes them.
  package mutating func lend<Failure: Error>(
    to body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try unsafe bytes.withUnsafeMutableBufferPointer { buffer throws(Failure) in
      unsafe try body(UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
