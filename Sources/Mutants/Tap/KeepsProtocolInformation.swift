internal import NetBackend

/// Leaves the four bytes in front of a frame that IFF_NO_PI switches off.
final class KeepsProtocolInformation: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard let frame = try base.takeFrame() else { return nil }
    return try buffers.deliver([0, 0, 0x88, 0xB5] + frame, required: frame.count)
  }
}
