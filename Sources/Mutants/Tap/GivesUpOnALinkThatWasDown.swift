internal import NetBackend
internal import Synchronization

/// Takes a link that was down once for one that stays down.
final class GivesUpOnALinkThatWasDown: WrongBackend {
  let base: any NetBackend
  private let first = Mutex<BackendError?>(nil)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    if let error = first.withLock({ $0 }) { throw error }
    do throws(BackendError) { return try base.send(frame) } catch {
      first.withLock { $0 = error }
      throw error
    }
  }
}
