internal import Glibc
internal import NetBackend

/// The list of buffers of one system call, in memory that is allocated once.
///
/// It holds pointers that belong to somebody else, so it is rebuilt for each call and is meaningless
/// after it.
struct TapVector: ~Copyable, Sendable {
  /// The most elements that one system call takes.
  ///
  /// Source: Linux `UIO_MAXIOV`.
  static let limit = 1024

  private let memory = unsafe TapFrameBuffer(count: limit * MemoryLayout<iovec>.stride)
  private var count = 0

  init() {}

  /// Drops all elements.
  mutating func clear() { count = 0 }

  /// Adds one buffer; one without bytes is left out.
  @inline(__always)
  mutating func append(_ base: UnsafeMutableRawPointer, _ length: Int) {
    guard length > 0, count < Self.limit else { return }
    unsafe store(iovec(iov_base: base, iov_len: length))
  }

  /// Adds one buffer; one without bytes is left out.
  mutating func append(_ buffer: UnsafeMutableRawBufferPointer) {
    guard let base = buffer.baseAddress else { return }
    unsafe append(base, buffer.count)
  }

  /// Adds the beginning of a caller's list, `room` bytes of it.
  ///
  /// Lengths that are larger than any memory are cut down in the same way.
  @inline(__always)
  mutating func append(_ elements: UnsafeBufferPointer<BufferElement>, room: Int) {
    guard var element = elements.baseAddress else { return }
    let end = unsafe element + elements.count
    var left = UInt(bitPattern: room)
    while left > 0, unsafe element < end {
      let length = unsafe min(element.pointee.length, left)
      left &-= length
      if length > 0, count < Self.limit {
        unsafe store(iovec(iov_base: element.pointee.base, iov_len: Int(bitPattern: length)))
      }
      unsafe element += 1
    }
  }

  /// The elements; valid while the caller holds the vector and until it is changed.
  var elements: UnsafeBufferPointer<iovec> {
    // `store` has written `count` elements there.
    unsafe UnsafeBufferPointer(
      start: memory.start.assumingMemoryBound(to: iovec.self),
      count: count
    )
  }

  /// Stores one more element, for which there must be room.
  @inline(__always)
  private mutating func store(_ element: iovec) {
    unsafe memory.start.storeBytes(
      of: element,
      toByteOffset: count &* MemoryLayout<iovec>.stride,
      as: iovec.self
    )
    count &+= 1
  }
}

extension UnsafeBufferPointer<BufferElement> {
  /// The same elements as the system calls know them.
  ///
  /// `BufferElement` has the layout of `struct iovec`: a pointer, then a `size_t`.
  var systemElements: UnsafeBufferPointer<iovec> {
    let start = unsafe UnsafeRawPointer(baseAddress)?.assumingMemoryBound(to: iovec.self)
    return unsafe UnsafeBufferPointer<iovec>(start: start, count: count)
  }
}
