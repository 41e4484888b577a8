internal import NetBackend
internal import Synchronization

/// Counts how often receive was enabled, and disables it only when as many calls took that back.
final class CountsEnables: WrongBackend {
  let base: any NetBackend
  private let count = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func enableReceive() {
    count.add(1, ordering: .relaxed)
    base.enableReceive()
  }
  func disableReceive() {
    if count.subtract(1, ordering: .relaxed).newValue <= 0 { base.disableReceive() }
  }
}
