internal import Glibc
internal import SystemPackage
internal import Tap

/// Takes the answer of an interface that is gone for would-block.
struct TakesRemovalForNothing<Base: TapPort>: WrongPort {
  let base: Base

  func write(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    do throws(Errno) { return try unsafe base.write(descriptor, elements: elements) } catch {
      throw error == Errno(rawValue: EBADFD) ? .wouldBlock : error
    }
  }
}
