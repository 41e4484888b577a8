internal import NetBackend

/// Wants more room than the frame has bytes.
final class RefusesExactFit: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if let length = try base.peekLength(), length == buffers.capacity {
      throw BackendError(.noSpace(required: length), call: "receive", subject: "tap0")
    }
    return try base.receive(into: buffers)
  }
}
