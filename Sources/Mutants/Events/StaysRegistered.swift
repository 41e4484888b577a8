internal import NetBackend
internal import Synchronization

/// Leaves the callback out while receive is disabled, but looks at the device all the same.
final class StaysRegistered: WrongCallback {
  let base: any NetBackend
  private let isEnabled = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func enableReceive() {
    isEnabled.store(true, ordering: .relaxed)
    base.enableReceive()
  }
  func disableReceive() { isEnabled.store(false, ordering: .relaxed) }
  func callBack(_ original: @escaping ReceiveCallback) {
    _ = try? base.peekLength()
    if isEnabled.load(ordering: .relaxed) { original() }
  }
}
