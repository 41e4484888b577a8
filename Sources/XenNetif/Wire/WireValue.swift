/// Something that lies in a ring as a fixed number of bytes, all of its fields little-endian.
///
/// Source: Xen `io/netif.h`; offsets measured by compiling that header for x86-64.
public protocol WireValue: Hashable, Sendable {
  /// The number of bytes in a ring; at least 1.
  static var size: Int { get }

  /// Reads `size` bytes, which need not be aligned; no value of them is refused.
  init(_ bytes: UnsafeRawPointer)

  /// Writes `size` bytes, which need not be aligned.
  func write(to bytes: UnsafeMutableRawPointer)
}

extension WireValue {
  /// Reads the first `size` bytes; those that are missing count as zero.
  public init(bytes: [UInt8]) {
    // The copy has exactly `size` bytes and outlives what reads it.
    self = unsafe withUnsafeTemporaryAllocation(byteCount: Self.size, alignment: 8) { copy in
      for index in 0..<Self.size {
        unsafe copy[index] = index < bytes.count ? bytes[index] : 0
      }
      return unsafe Self(UnsafeRawPointer(copy.baseAddress.unsafelyUnwrapped))
    }
  }

  /// The `size` bytes.
  public var bytes: [UInt8] {
    unsafe withUnsafeTemporaryAllocation(byteCount: Self.size, alignment: 8) { copy in
      unsafe copy.initializeMemory(as: UInt8.self, repeating: 0)
      unsafe write(to: copy.baseAddress.unsafelyUnwrapped)
      return unsafe Array(copy)
    }
  }
}
