internal import NetBackend
internal import Synchronization

/// Keeps the address of the frame in place of its bytes, and reads them at the next call.
final class KeepsAddresses: WrongBackend {
  let base: any NetBackend
  private let kept = Mutex((address: UInt(0), length: UInt(0)))

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let now = frame.firstElement
    let earlier = kept.withLock { kept in
      defer { kept = now }
      return kept
    }
    // The point of this mutant: the memory belongs to somebody else by now.
    if earlier.length > 0 { _ = try unsafe base.send(from: earlier.address, earlier.length) }
    return frame.totalLength
  }
}
