internal import Glibc
internal import SystemPackage
internal import Tap

extension TapPort {
  /// Writes an array in one call.
  func write(_ descriptor: Int32, bytes: [UInt8]) throws(Errno) -> Int {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    let list = UnsafeMutableBufferPointer<iovec>.allocate(capacity: 1)
    defer {
      unsafe memory.deallocate()
      unsafe list.deallocate()
    }
    unsafe memory.copyBytes(from: bytes)
    unsafe list.initialize(repeating: iovec(iov_base: memory.baseAddress, iov_len: memory.count))
    return try unsafe write(descriptor, elements: UnsafeBufferPointer(list))
  }
}

extension UnsafeBufferPointer<iovec> {
  /// The bytes of all elements.
  var bytes: [UInt8] {
    unsafe flatMap { element in
      unsafe Array(UnsafeRawBufferPointer(start: element.iov_base, count: element.iov_len))
    }
  }
}
