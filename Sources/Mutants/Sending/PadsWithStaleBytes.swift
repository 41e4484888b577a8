internal import NetBackend

/// Raises short frames to 60 bytes, in a buffer that an earlier frame was in.
final class PadsWithStaleBytes: WrongBackend {
  let base: any NetBackend
  private let last = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard var bytes = frame.bytes(), bytes.count >= 14 else { return try base.send(frame) }
    if bytes.count < 60 {
      bytes += last.first?.dropFirst(bytes.count).prefix(60 - bytes.count) ?? []
    }
    last.replace(with: bytes)
    _ = try base.send(bytes: bytes)
    return frame.totalLength
  }
}
