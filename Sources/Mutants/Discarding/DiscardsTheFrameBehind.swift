internal import NetBackend

/// Discards what the device has, although a frame is held from before.
final class DiscardsTheFrameBehind: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func discard() throws(BackendError) -> Int? {
    if let length = try base.discard() { return length }
    return held.takeFirst()?.count
  }
}
