internal import NetBackend

/// Says that there was no room for a frame, and sends it all the same a moment later.
final class TriesAgainByTimer: WrongBackend {
  let base: any NetBackend
  private let loop: any EventLoop

  init(_ base: any NetBackend, _ request: OpenRequest) {
    self.base = base
    loop = request.loop
  }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    if let length = try base.send(frame) { return length }
    let bytes = frame.bytes() ?? []
    try loop.schedule(at: loop.now + 1_000_000) { [base] in _ = try? base.send(bytes: bytes) }
    return nil
  }
}
