internal import NetBackend

/// Reads from the device before it looks whether a frame is held already.
final class LooksAtTheDeviceFirst: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if let frame = try base.takeFrame() { held.append(frame) }
    return try receiveHeld(into: buffers)
  }
}
