internal import NetBackend
internal import Synchronization

/// Counts the frames sent by all backends together, and stops at a limit.
final class SharesALimit: WrongBackend {
  let base: any NetBackend
  private static let sent = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard Self.sent.add(1, ordering: .relaxed).newValue <= 256 else { return nil }
    return try base.send(frame)
  }
}
