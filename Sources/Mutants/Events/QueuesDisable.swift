internal import NetBackend
internal import Synchronization

/// Queues that receive is disabled, and does it at the next event.
final class QueuesDisable: WrongCallback {
  let base: any NetBackend
  private let isQueued = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func disableReceive() { isQueued.store(true, ordering: .relaxed) }
  func enableReceive() {
    isQueued.store(false, ordering: .relaxed)
    base.enableReceive()
  }
  func callBack(_ original: @escaping ReceiveCallback) {
    original()
    if isQueued.load(ordering: .relaxed) { base.disableReceive() }
  }
}
