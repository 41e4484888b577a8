internal import NetBackend

/// Goes on to the next frame when one was too long, and counts nothing.
final class SkipsLongFramesInSilence: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    do throws(BackendError) { _ = try base.peekLength() } catch {
      guard case .frameTooLong = error.reason else { throw error }
    }
    return try base.receive(into: buffers)
  }
  var drops: DropCounters { DropCounters() }
}
