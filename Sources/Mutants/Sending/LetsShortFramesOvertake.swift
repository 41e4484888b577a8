internal import NetBackend

/// Writes long frames later, when the next frame comes.
final class LetsShortFramesOvertake: WrongBackend {
  let base: any NetBackend
  private let waiting = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let bytes = frame.bytes(), bytes.count <= 1000 else {
      waiting.append(frame.bytes() ?? [])
      return frame.totalLength
    }
    _ = try base.send(bytes: bytes)
    while let next = waiting.takeFirst() { _ = try base.send(bytes: next) }
    return bytes.count
  }
}
