internal import NetBackend

/// Reads another frame at each peek, and keeps them all.
final class PeeksAhead: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    if let frame = try base.takeFrame() { held.append(frame) }
    return held.first?.count
  }
}
