/// One buffer of a scatter-gather list: an address and a length in bytes.
///
/// Its layout is that of C's `struct iovec`: a pointer, then a `size_t`, native byte order.
@unsafe public struct BufferElement {
  /// The first byte; may be `nil` if the length is zero.
  public var base: UnsafeMutableRawPointer?
  /// The length in bytes.
  public var length: UInt

  /// Creates an element.
  @inlinable
  public init(base: UnsafeMutableRawPointer?, length: UInt) {
    unsafe self.base = base
    unsafe self.length = length
  }
}
