internal import Dispatch
internal import NetBackend

/// Holds the lock of the receive path around the callback.
final class HoldsItsLockWhileCallingBack: WrongCallback {
  let base: any NetBackend
  private let lock = DispatchSemaphore(value: 1)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    lock.wait()
    defer { lock.signal() }
    return try base.peekLength()
  }
  func callBack(_ original: @escaping ReceiveCallback) {
    lock.wait()
    original()
    lock.signal()
  }
}
