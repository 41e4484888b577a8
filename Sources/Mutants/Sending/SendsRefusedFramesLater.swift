internal import NetBackend

/// Keeps a frame for which there was no room, says so, and sends it after the next one.
final class SendsRefusedFramesLater: WrongBackend {
  let base: any NetBackend
  private let kept = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let length = try base.send(frame) else {
      kept.append(frame.bytes() ?? [])
      return nil
    }
    while let next = kept.takeFirst() { _ = try base.send(bytes: next) }
    return length
  }
}
