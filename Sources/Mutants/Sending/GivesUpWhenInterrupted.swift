internal import Glibc
internal import SystemPackage
internal import Tap

/// Takes a write that a signal interrupted for one that wrote nothing.
struct GivesUpWhenInterrupted<Base: TapPort>: WrongPort {
  let base: Base

  func write(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    do throws(Errno) { return try unsafe base.write(descriptor, elements: elements) } catch {
      guard error == .interrupted else { throw error }
      return 0
    }
  }
}
