internal import NetBackend

/// Receives into the first element, unless the frame was peeked.
final class FillsTheFirstElementAlone: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if held.first == nil, buffers.count > 1, let frame = try base.takeFrame() {
      buffers.store(Array(frame.prefix(Int(clamping: buffers.firstLength))))
      return frame.count
    }
    return try receiveHeld(into: buffers)
  }
}
