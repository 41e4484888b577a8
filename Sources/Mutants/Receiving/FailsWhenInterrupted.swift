internal import Glibc
internal import SystemPackage
internal import Tap

/// Treats a read that a signal interrupted like one that failed.
struct FailsWhenInterrupted<Base: TapPort>: WrongPort {
  let base: Base

  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    do throws(Errno) { return try unsafe base.read(descriptor, elements: elements) } catch {
      throw error == .interrupted ? .ioError : error
    }
  }
}
