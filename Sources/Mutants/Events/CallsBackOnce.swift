internal import NetBackend

/// Calls back for the edge, and takes for granted that everything is read then.
final class CallsBackOnce: WrongCallback {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func callBack(_ original: @escaping ReceiveCallback) {
    base.disableReceive()
    original()
  }
}
