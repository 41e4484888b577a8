internal import NetBackend

/// Writes element by element, as if the link were a stream.
final class SendsEachElement: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    for part in frame.parts where part.count >= 14 { _ = try base.send(bytes: part) }
    return frame.totalLength
  }
}
