internal import NetBackend

/// Copies what fits and says that this was the frame, as the seed's tap does.
final class TruncatesShortBuffer: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    do throws(BackendError) {
      return try base.receive(into: buffers)
    } catch {
      guard case .noSpace = error.reason else { throw error }
      _ = try base.discard()
      return buffers.capacity
    }
  }
}
