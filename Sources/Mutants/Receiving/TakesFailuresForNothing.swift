internal import Glibc
internal import SystemPackage
internal import Tap

/// Takes every read that failed for one that would block.
struct TakesFailuresForNothing<Base: TapPort>: WrongPort {
  let base: Base

  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    do throws(Errno) { return try unsafe base.read(descriptor, elements: elements) } catch {
      throw .wouldBlock
    }
  }
}
