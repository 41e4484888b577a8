internal import Glibc
internal import SystemPackage
internal import Tap

/// Reads into a buffer of 65536 bytes for the frame and the device's header, as the seed does.
struct BouncesInto64K<Base: TapPort>: WrongPort {
  let base: Base

  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    let count = try unsafe base.read(descriptor, elements: elements)
    return min(count, 65_536)
  }
}
