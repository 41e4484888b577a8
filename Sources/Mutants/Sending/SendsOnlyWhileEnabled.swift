internal import NetBackend
internal import Synchronization

/// Has one switch for both directions.
final class SendsOnlyWhileEnabled: WrongBackend {
  let base: any NetBackend
  private let isEnabled = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard isEnabled.load(ordering: .relaxed) else { return nil }
    return try base.send(frame)
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
