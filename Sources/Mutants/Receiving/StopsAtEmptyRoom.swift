internal import NetBackend

/// Takes an element without room for the end of the list.
final class StopsAtEmptyRoom: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if let length = try base.peekLength(), length > buffers.lengthUpToEmpty {
      throw BackendError(.noSpace(required: length), call: "receive", subject: "tap0")
    }
    return try base.receive(into: buffers)
  }
}
