/// The caller's list of buffers that hold one frame to send, borrowed for the length of a call.
///
/// The type cannot be copied or stored, so a backend cannot keep the buffers after it returned.
@safe public struct ScatterGatherList: ~Copyable, ~Escapable {
  @usableFromInline let elements: UnsafeBufferPointer<BufferElement>

  /// Borrows elements whose memory must stay readable for as long as the list lives.
  @inlinable
  @_lifetime(borrow unsafeElements)
  public init(unsafeElements: UnsafeBufferPointer<BufferElement>) {
    unsafe elements = unsafeElements
  }

  /// The number of elements, empty ones included.
  @inlinable public var count: Int { unsafe elements.count }

  /// The sum of the lengths in bytes, or `nil` if it does not fit a signed 64-bit integer.
  @inlinable public var totalLength: Int? {
    @inline(__always) get { unsafe sumOfLengths(elements) }
  }

  /// Calls `body` with the elements, which have the layout of C's `struct iovec`.
  @inlinable
  public func withUnsafeElements<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeBufferPointer<BufferElement>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe try body(elements)
  }

  /// Copies the frame into `target` until it is full.
  ///
  /// - Returns: The number of bytes copied.
  @inlinable
  public func copyBytes(to target: UnsafeMutableRawBufferPointer) -> Int {
    guard var next = target.baseAddress, var element = unsafe elements.baseAddress else { return 0 }
    let end = unsafe element + elements.count
    var room = UInt(bitPattern: target.count)
    while unsafe room > 0 && element < end {
      let length = unsafe min(element.pointee.length, room)
      if let base = unsafe element.pointee.base {
        unsafe next.copyShort(from: base, count: Int(bitPattern: length))
      }
      unsafe next += Int(bitPattern: length)
      room &-= length
      unsafe element += 1
    }
    return target.count &- Int(bitPattern: room)
  }

  /// The bytes of the frame as an array, or `nil` if the list is longer than `limit` bytes.
  public func bytes(limit: Int = 1 << 20) -> [UInt8]? {
    guard let length = totalLength, length <= limit else { return nil }
    return unsafe [UInt8](unsafeUninitializedCapacity: length) { target, count in
      count = unsafe copyBytes(to: UnsafeMutableRawBufferPointer(target))
    }
  }
}

@inlinable
@inline(__always)
func sumOfLengths(_ elements: UnsafeBufferPointer<BufferElement>) -> Int? {
  guard let first = elements.baseAddress else { return 0 }
  var sum: UInt = 0
  // As long as neither a length nor the sum has the highest bit set, nothing has overflowed.
  var bits: UInt = 0
  var index = 0
  while index < elements.count {
    let length = unsafe first[index].length
    sum &+= length
    bits |= length | sum
    index &+= 1
  }
  return bits <= UInt(bitPattern: Int.max) ? Int(bitPattern: sum) : nil
}
