internal import Glibc
internal import SystemPackage
internal import Tap

/// Takes a device whose link is down for one that is gone.
struct TakesLinkDownForTheEnd<Base: TapPort>: WrongPort {
  let base: Base

  func read(_ descriptor: Int32, elements: UnsafeBufferPointer<iovec>) throws(Errno) -> Int {
    do throws(Errno) { return try unsafe base.read(descriptor, elements: elements) } catch {
      throw error == .hostIsDown ? .noSuchAddressOrDevice : error
    }
  }
}
