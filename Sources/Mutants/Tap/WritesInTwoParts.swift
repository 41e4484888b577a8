internal import Glibc
internal import SystemPackage
internal import Tap

/// Writes what is behind the first 1024 bytes with a call of its own.
struct WritesInTwoParts<Base: TapPort>: WrongPort {
  let base: Base

  func write(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    let bytes = unsafe elements.bytes
    guard bytes.count > 1024 else { return try unsafe base.write(descriptor, elements: elements) }
    _ = try base.write(descriptor, bytes: Array(bytes[..<1024]))
    _ = try? base.write(descriptor, bytes: Array(bytes[1024...]))
    return bytes.count
  }
}
