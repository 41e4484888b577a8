internal import NetBackend

/// Tells the frontend once more that there may be something, while it closes.
final class CallsBackInClose: WrongBackend {
  let base: any NetBackend
  private let onReceive: ReceiveCallback

  init(_ base: any NetBackend, _ request: OpenRequest) {
    self.base = base
    onReceive = request.onReceive
  }

  func close() {
    onReceive()
    base.close()
  }
}
