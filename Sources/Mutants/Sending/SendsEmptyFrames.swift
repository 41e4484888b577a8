internal import NetBackend

/// Puts a frame on the link for one without bytes.
final class SendsEmptyFrames: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard frame.totalLength == 0 else { return try base.send(frame) }
    _ = try base.send(bytes: [UInt8](repeating: 0, count: 60))
    return 0
  }
}
