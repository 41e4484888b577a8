internal import NetBackend

/// Copies one byte more than the frame has.
final class EndsFramesWithAZero: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard let length = try base.receive(into: buffers) else { return nil }
    buffers.store([0], at: length)
    return length
  }
}
