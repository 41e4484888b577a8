internal import NetBackend

/// Puts frames to send into the buffer that holds the peeked one.
final class UsesOneBuffer: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    if held.first != nil { held.replace(with: frame.bytes() ?? []) }
    return try base.send(frame)
  }
}
