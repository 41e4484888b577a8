/// The caller's list of buffers to receive one frame, borrowed for the length of a call.
@safe public struct MutableScatterGatherList: ~Copyable, ~Escapable {
  @usableFromInline let elements: UnsafeBufferPointer<BufferElement>

  /// Borrows elements whose memory must stay writable for as long as the list lives.
  @inlinable
  @_lifetime(borrow unsafeElements)
  public init(unsafeElements: UnsafeBufferPointer<BufferElement>) {
    unsafe elements = unsafeElements
  }

  /// The number of elements, empty ones included.
  @inlinable public var count: Int { unsafe elements.count }

  /// The sum of the lengths in bytes; `Int.max` if it is larger than that.
  @inlinable public var capacity: Int {
    @inline(__always) get { unsafe sumOfLengths(elements) ?? .max }
  }

  /// Calls `body` with the elements, which have the layout of C's `struct iovec`.
  @inlinable
  public func withUnsafeElements<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeBufferPointer<BufferElement>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe try body(elements)
  }

  /// Stores bytes into the elements, from the first one on.
  ///
  /// - Returns: The number of bytes stored: fewer than `source` holds if the room ends first.
  @inlinable
  @discardableResult
  public func store(_ source: UnsafeRawBufferPointer) -> Int {
    guard var next = source.baseAddress, var element = unsafe elements.baseAddress else { return 0 }
    let end = unsafe element + elements.count
    var left = UInt(bitPattern: source.count)
    while unsafe left > 0 && element < end {
      let length = unsafe min(element.pointee.length, left)
      if let base = unsafe element.pointee.base {
        unsafe base.copyShort(from: next, count: Int(bitPattern: length))
      }
      unsafe next += Int(bitPattern: length)
      left &-= length
      unsafe element += 1
    }
    return source.count &- Int(bitPattern: left)
  }

  /// Stores bytes into the elements, beginning `offset` bytes into the list.
  ///
  /// - Returns: The number of bytes stored: fewer than `source` holds if the room ends first.
  @inlinable
  @discardableResult
  public func store(_ source: UnsafeRawBufferPointer, at offset: Int) -> Int {
    guard var next = source.baseAddress else { return 0 }
    var left = UInt(bitPattern: source.count)
    var skip = UInt(bitPattern: offset)
    var list = unsafe elements.makeIterator()
    while let element = unsafe list.next() {
      guard unsafe skip < element.length else {
        unsafe skip &-= element.length
        continue
      }
      let length = unsafe min(element.length &- skip, left)
      if let base = unsafe element.base {
        unsafe (base + Int(bitPattern: skip)).copyMemory(
          from: next,
          byteCount: Int(bitPattern: length)
        )
      }
      unsafe next += Int(bitPattern: length)
      left &-= length
      skip = 0
      if left == 0 { break }
    }
    return source.count &- Int(bitPattern: left)
  }

  /// Stores an array's bytes into the elements, beginning `offset` bytes into the list.
  @discardableResult
  public func store(_ bytes: [UInt8], at offset: Int = 0) -> Int {
    unsafe bytes.withUnsafeBytes { unsafe store($0, at: offset) }
  }
}
