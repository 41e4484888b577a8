internal import NetBackend

/// Calls back a moment after receive was enabled, in case an event was missed.
final class CallsBackInCase: WrongBackend {
  let base: any NetBackend
  private let request: OpenRequest

  init(_ base: any NetBackend, _ request: OpenRequest) {
    self.base = base
    self.request = request
  }

  func enableReceive() {
    base.enableReceive()
    _ = try? request.loop.schedule(at: request.loop.now + 1_000_000, request.onReceive)
  }
}
