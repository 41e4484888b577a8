internal import NetBackend

/// Does not mark the bounce buffer as empty after it was received from.
final class DeliversPeekedFramesTwice: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard let frame = held.first else { return try base.receive(into: buffers) }
    return try buffers.deliver(frame)
  }
}
