internal import NetBackend
internal import Synchronization

/// Empties the bounce buffer also if its frame did not fit, as the seed does.
final class DropsShortPeekedFrames: WrongBackend {
  let base: any NetBackend
  private let isPeeked = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    defer { isPeeked.store(false, ordering: .relaxed) }
    do throws(BackendError) { return try base.receive(into: buffers) } catch {
      if isPeeked.load(ordering: .relaxed) { _ = try base.discard() }
      throw error
    }
  }
  func peekLength() throws(BackendError) -> Int? {
    isPeeked.store(true, ordering: .relaxed)
    return try base.peekLength()
  }
}
