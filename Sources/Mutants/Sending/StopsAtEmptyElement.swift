internal import NetBackend

/// Takes an element without bytes for the end of the list.
final class StopsAtEmptyElement: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    _ = try base.send(bytes: Array(frame.parts.prefix { !$0.isEmpty }.joined()))
    return frame.totalLength
  }
}
