internal import NetBackend
internal import Synchronization

/// Has nothing for anybody while receive is disabled.
final class PeeksOnlyWhileEnabled: WrongBackend {
  let base: any NetBackend
  private let isEnabled = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    isEnabled.load(ordering: .relaxed) ? try base.peekLength() : nil
  }
  func enableReceive() {
    isEnabled.store(true, ordering: .relaxed)
    base.enableReceive()
  }
  func disableReceive() {
    isEnabled.store(false, ordering: .relaxed)
    base.disableReceive()
  }
}
