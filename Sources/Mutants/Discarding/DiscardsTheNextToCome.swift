internal import NetBackend
internal import Synchronization

/// Remembers that a frame is to be discarded, if none is waiting.
final class DiscardsTheNextToCome: WrongBackend {
  let base: any NetBackend
  private let owed = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func discard() throws(BackendError) -> Int? {
    if let length = try base.discard() { return length }
    owed.store(true, ordering: .relaxed)
    return nil
  }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if owed.exchange(false, ordering: .relaxed) { _ = try base.discard() }
    return try base.receive(into: buffers)
  }
}
