internal import NetBackend

/// Drops a frame that has been waiting for a while, also if it was peeked.
final class DropsOldFrames: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()
  private let loop: any EventLoop

  init(_ base: any NetBackend, _ request: OpenRequest) {
    self.base = base
    loop = request.loop
  }

  func peekLength() throws(BackendError) -> Int? {
    if held.first == nil, let frame = try base.takeFrame() {
      held.append(frame)
      try loop.schedule(at: loop.now + 1_000_000) { [held] in _ = held.takeFirst() }
    }
    return held.first?.count
  }
}
