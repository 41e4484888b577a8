internal import NetBackend

/// Keeps the room of the buffers in a signed number of 32 bits.
final class NarrowsRoom: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    let room = Int(Int32(truncatingIfNeeded: buffers.capacity))
    if let length = try base.peekLength(), length > room {
      throw BackendError(.noSpace(required: length), call: "receive", subject: "tap0")
    }
    return try base.receive(into: buffers)
  }
}
