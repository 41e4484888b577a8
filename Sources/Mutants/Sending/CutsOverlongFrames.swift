internal import NetBackend

/// Sends of a long frame what fits its buffer.
final class CutsOverlongFrames: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let bytes = frame.bytes(limit: 1 << 24), bytes.count > 65_536 else {
      return try base.send(frame)
    }
    _ = try base.send(bytes: Array(bytes.prefix(65_536)))
    return bytes.count
  }
}
