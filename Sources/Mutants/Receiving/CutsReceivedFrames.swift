internal import NetBackend

/// Receives into a buffer of 2048 bytes.
final class CutsReceivedFrames: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard let frame = try base.takeFrame() else { return nil }
    return try buffers.deliver(Array(frame.prefix(2048)))
  }
}
