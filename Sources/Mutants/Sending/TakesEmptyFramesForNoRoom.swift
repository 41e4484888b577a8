internal import NetBackend

/// Says that there is no room for a frame without bytes.
final class TakesEmptyFramesForNoRoom: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    if frame.totalLength == 0 { return nil }
    return try base.send(frame)
  }
}
