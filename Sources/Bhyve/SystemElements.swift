internal import Glibc
internal import NetBackend

// `BufferElement` has the layout of `struct iovec`: a pointer, then a `size_t`.
extension UnsafeBufferPointer<BufferElement> {
  /// The same elements as the system calls know them.
  var systemElements: UnsafeBufferPointer<iovec> {
    let start = unsafe UnsafeRawPointer(baseAddress)?.assumingMemoryBound(to: iovec.self)
    return unsafe UnsafeBufferPointer<iovec>(start: start, count: count)
  }
}

extension [UInt8] {
  /// Calls `body` with a list whose one element is the memory of the array.
  mutating func withElement<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<iovec>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeMutableBufferPointer { (memory) throws(Failure) -> Result in
      var element = unsafe iovec(iov_base: memory.baseAddress, iov_len: memory.count)
      return try unsafe withUnsafePointer(to: &element) { (start) throws(Failure) -> Result in
        // The element is alive for the length of the closure.
        try unsafe body(UnsafeBufferPointer(start: start, count: 1))
      }
    }
  }
}
