internal import NetBackend

/// Takes a frame that is too short for nothing, and leaves it where it is, as the seed's netmap does.
final class StallsBehindShortFrames: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    guard let length = try base.peekLength(), length >= 14 else { return nil }
    return length
  }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard try peekLength() != nil else { return nil }
    return try base.receive(into: buffers)
  }
}
