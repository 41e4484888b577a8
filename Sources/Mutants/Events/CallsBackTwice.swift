internal import NetBackend

/// Handles each event twice.
final class CallsBackTwice: WrongCallback {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func callBack(_ original: @escaping ReceiveCallback) {
    original()
    original()
  }
}
