internal import NetBackend

/// Fills the buffers with zeros before it knows what comes.
final class ClearsBuffersFirst: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    buffers.store([0])
    return try base.receive(into: buffers)
  }
}
