internal import NetBackend

/// Fills the caller's buffer with zeros up to the shortest frame of a wire.
final class PadsReceivedFrames: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard let length = try base.receive(into: buffers) else { return nil }
    buffers.store([UInt8](repeating: 0, count: max(0, 60 - length)), at: length)
    return length
  }
}
