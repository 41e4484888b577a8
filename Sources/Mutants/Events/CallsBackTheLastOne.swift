internal import NetBackend
internal import Synchronization

/// Keeps the callback in a place that all backends share.
final class CallsBackTheLastOne: WrongCallback {
  let base: any NetBackend
  private static let last = Mutex<ReceiveCallback?>(nil)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func callBack(_ original: @escaping ReceiveCallback) {
    Self.last.withLock { $0 }?()
  }
  static func willOpen(_ request: OpenRequest) { last.withLock { $0 = request.onReceive } }
}
