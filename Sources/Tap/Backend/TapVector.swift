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
  mutating func append(_ buffer: UnsafeMutableRawBufferPointer) {
    guard buffer.count > 0, count < Self.limit else { return }
    unsafe store(iovec(iov_base: buffer.baseAddress, iov_len: buffer.count))
  }

  /// Adds the beginning of a caller's list, `room` bytes of it.
  ///
  /// Lengths that are larger than any memory are cut down in the same way.
  mutating func append(_ elements: UnsafeBufferPointer<BufferElement>, room: Int) {
    var left = UInt(bitPattern: room)
    var list = unsafe elements.makeIterator()
    while left > 0, let element = unsafe list.next() {
      let length = unsafe min(element.length, left)
      left &-= length
      guard length > 0 else { continue }
      unsafe store(iovec(iov_base: element.base, iov_len: Int(bitPattern: length)))
    }
  }

  /// The elements; valid while the caller holds the vector and until it is changed.
  var elements: UnsafeBufferPointer<iovec> {
    // The memory is bound to `iovec` by `store`, `count` elements of it.
    let start = unsafe memory.bytes().baseAddress?.assumingMemoryBound(to: iovec.self)
    return unsafe UnsafeBufferPointer(start: start, count: count)
  }

  private mutating func store(_ element: iovec) {
    guard count < Self.limit else { return }
    // The index was checked against the number of elements that the memory holds.
    unsafe memory.bytes().storeBytes(
      of: element,
      toByteOffset: count * MemoryLayout<iovec>.stride,
      as: iovec.self
    )
    count += 1
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
