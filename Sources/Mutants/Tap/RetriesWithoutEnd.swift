internal import NetBackend

/// Tries a hundred times to get rid of a frame.
final class RetriesWithoutEnd: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    for _ in 0..<100 { if let length = try base.send(frame) { return length } }
    return nil
  }
}
