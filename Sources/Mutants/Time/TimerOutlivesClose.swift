internal import NetBackend

/// Announces a peeked frame a moment later, also if it has been closed by then.
final class TimerOutlivesClose: WrongBackend {
  let base: any NetBackend
  private let request: OpenRequest

  init(_ base: any NetBackend, _ request: OpenRequest) {
    self.base = base
    self.request = request
  }

  func peekLength() throws(BackendError) -> Int? {
    guard let length = try base.peekLength() else { return nil }
    try request.loop.schedule(at: request.loop.now + 1_000_000, request.onReceive)
    return length
  }
}
