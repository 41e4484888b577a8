internal import Glibc
internal import SystemPackage
internal import Tap

/// Writes what is left after a partial write, as for a stream.
struct WritesTheRest<Base: TapPort>: WrongPort {
  let base: Base

  func write(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    let bytes = unsafe elements.bytes
    var written = try unsafe base.write(descriptor, elements: elements)
    while written < bytes.count {
      written += try base.write(descriptor, bytes: Array(bytes[written...]))
    }
    return written
  }
}
