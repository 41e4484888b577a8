internal import NetBackend
internal import Synchronization

/// Stores what the read returned as the length of the frame, whatever it is.
final class KeepsTheResultOfAFailedRead: WrongBackend {
  let base: any NetBackend
  private let stored = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    let earlier = stored.load(ordering: .relaxed)
    if earlier != 0 { return earlier }
    do throws(BackendError) { return try base.peekLength() } catch {
      stored.store(Int(error.errno ?? 0), ordering: .relaxed)
      throw error
    }
  }
}
