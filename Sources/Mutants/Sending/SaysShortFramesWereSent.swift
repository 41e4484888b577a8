internal import NetBackend

/// Returns the length of a frame that is too short to be sent.
final class SaysShortFramesWereSent: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    do throws(BackendError) { return try base.send(frame) } catch {
      guard case .frameTooShort = error.reason else { throw error }
      return frame.totalLength
    }
  }
}
