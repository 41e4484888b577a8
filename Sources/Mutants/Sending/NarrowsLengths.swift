internal import NetBackend

/// Keeps the lengths of elements in 32 bits.
final class NarrowsLengths: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    // Lengths only become smaller, so that no byte beyond the elements is read.
    let length = frame.firstElement.length & 0xFFFF_FFFF
    guard frame.count == 1 else { return try base.send(frame) }
    return try unsafe base.send(from: frame.firstElement.address, length)
  }
}
