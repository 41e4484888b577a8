internal import NetBackend

/// Receives from the device although a frame is held from before.
final class PassesThePeekedFrameBy: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if let length = try base.receive(into: buffers) { return length }
    return try receiveHeld(into: buffers)
  }
}
