internal import NetBackend

/// Receives into a buffer of 2048 bytes to discard.
final class DiscardsIntoAScratchBuffer: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func discard() throws(BackendError) -> Int? {
    guard let length = try base.peekLength(), length > 2048 else { return try base.discard() }
    throw BackendError(.noSpace(required: length), call: "discard", subject: "tap0")
  }
}
