internal import Glibc
internal import SystemPackage
internal import Tap

/// Takes a read that returned 0 for one that would block.
struct TakesTheEndForNothing<Base: TapPort>: WrongPort {
  let base: Base

  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    let count = try unsafe base.read(descriptor, elements: elements)
    if count == 0 { throw .wouldBlock }
    return count
  }
}
