internal import NetBackend
internal import Synchronization

/// Has room for so many changes of the registration until the loop has seen them.
final class RunsOutOfChanges: WrongCallback {
  let base: any NetBackend
  private let changes = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func enableReceive() {
    if changes.add(1, ordering: .relaxed).newValue <= 512 { base.enableReceive() }
  }
  func callBack(_ original: @escaping ReceiveCallback) {
    changes.store(0, ordering: .relaxed)
    original()
  }
}
