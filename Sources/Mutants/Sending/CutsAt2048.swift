internal import NetBackend

/// Copies the frame into a buffer of 2048 bytes.
final class CutsAt2048: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    _ = try base.send(bytes: Array((frame.bytes() ?? []).prefix(2048)))
    return frame.totalLength
  }
}
