internal import NetBackend

/// Tells the length of the frame that was read last.
final class PeeksAtTheNewest: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    if let frame = try base.takeFrame() { held.append(frame) }
    return held.last?.count
  }
}
