internal import Dispatch
internal import Foundation
internal import NetBackend
internal import Synchronization

/// Has a thread that looked at the switch just before it was turned off.
final class CallsBackFromItsOwnThread: WrongCallback {
  let base: any NetBackend
  private let isLate = Atomic(false)
  private let last = Mutex<ReceiveCallback?>(nil)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func disableReceive() {
    base.disableReceive()
    isLate.store(true, ordering: .relaxed)
  }
  func peekLength() throws(BackendError) -> Int? {
    callBackLate()
    return try base.peekLength()
  }
  func callBack(_ original: @escaping ReceiveCallback) {
    last.withLock { $0 = original }
    original()
  }

  /// Here and not on time, so that the test is the same each time.
  private func callBackLate() {
    guard isLate.exchange(false, ordering: .relaxed), let call = last.withLock({ $0 }) else {
      return
    }
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      call()
      done.signal()
    }
    done.wait()
  }
}
