internal import NetBackend

/// Asks the device for no bytes, and passes its answer on.
final class ReturnsZeroWithoutRoom: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if buffers.capacity == 0 { return 0 }
    return try base.receive(into: buffers)
  }
}
