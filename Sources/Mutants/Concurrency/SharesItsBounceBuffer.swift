internal import NetBackend

/// Has one bounce buffer for all backends.
final class SharesItsBounceBuffer: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()
  private static let bounce = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    guard let frame = try base.takeFrame() else { return held.first?.count }
    held.append(frame)
    Self.bounce.replace(with: frame)
    return frame.count
  }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard held.takeFirst() != nil else { return try base.receive(into: buffers) }
    return try buffers.deliver(Self.bounce.first ?? [])
  }
}
