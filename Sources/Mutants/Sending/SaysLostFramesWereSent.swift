internal import NetBackend

/// Returns the length counted on the way, also if the write then failed.
final class SaysLostFramesWereSent: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    do throws(BackendError) { return try base.send(frame) } catch { return frame.totalLength }
  }
}
