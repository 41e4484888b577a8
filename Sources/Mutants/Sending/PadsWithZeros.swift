internal import NetBackend

/// Raises short frames to 60 bytes, as a network card does.
final class PadsWithZeros: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let bytes = frame.bytes(), bytes.count >= 14 else { return try base.send(frame) }
    let zeros = [UInt8](repeating: 0, count: max(0, 60 - bytes.count))
    _ = try base.send(bytes: bytes + zeros)
    return bytes.count
  }
}
