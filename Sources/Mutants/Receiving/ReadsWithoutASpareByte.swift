internal import Glibc
internal import SystemPackage
internal import Tap

/// Reads into exactly as much room as the longest frame needs, and so never sees a longer one.
struct ReadsWithoutASpareByte<Base: TapPort>: WrongPort {
  let base: Base

  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    let count = try unsafe base.read(descriptor, elements: elements)
    return min(count, 65_664 + 10)
  }
}
