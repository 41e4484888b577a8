internal import Dispatch
internal import NetBackend

/// Waits in disable for the callback that is running, even if that is who called.
final class WaitsForItsOwnCallback: WrongCallback {
  let base: any NetBackend
  private let idle = DispatchSemaphore(value: 1)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func disableReceive() {
    base.disableReceive()
    idle.wait()
    idle.signal()
  }
  func callBack(_ original: @escaping ReceiveCallback) {
    idle.wait()
    original()
    idle.signal()
  }
}
