internal import NetBackend
internal import Synchronization

/// Remembers that there was no room, and waits for an event that never comes.
final class StaysFull: WrongBackend {
  let base: any NetBackend
  private let isFull = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard !isFull.load(ordering: .relaxed) else { return nil }
    let length = try base.send(frame)
    if length == nil { isFull.store(true, ordering: .relaxed) }
    return length
  }
}
