internal import NetBackend
internal import Synchronization

/// Throws for ever what it once threw.
final class NeverRecovers: WrongBackend {
  let base: any NetBackend
  private let first = Mutex<BackendError?>(nil)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    if let error = first.withLock({ $0 }) { throw error }
    do throws(BackendError) { return try base.peekLength() } catch {
      first.withLock { $0 = error }
      throw error
    }
  }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    do throws(BackendError) { return try base.receive(into: buffers) } catch {
      first.withLock { $0 = error }
      throw error
    }
  }
}
