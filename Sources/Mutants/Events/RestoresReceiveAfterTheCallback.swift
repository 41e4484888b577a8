internal import NetBackend

/// Puts receive back, after the callback, to what it was before.
final class RestoresReceiveAfterTheCallback: WrongCallback {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func callBack(_ original: @escaping ReceiveCallback) {
    original()
    base.enableReceive()
  }
}
