internal import NetBackend

/// A wrong backend with a bounce buffer of its own in front of the right one's.
protocol HoldingBackend: WrongBackend {
  /// The frames that were peeked and not received yet.
  var held: TakenFrames { get }
}

extension HoldingBackend {
  func peekLength() throws(BackendError) -> Int? {
    if held.first == nil, let frame = try base.takeFrame() { held.append(frame) }
    return held.first?.count
  }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    try receiveHeld(into: buffers)
  }

  func receiveHeld(
    into buffers: borrowing MutableScatterGatherList
  ) throws(BackendError) -> Int? {
    guard let frame = held.first else { return try base.receive(into: buffers) }
    let length = try buffers.deliver(frame)
    _ = held.takeFirst()
    return length
  }

  func discard() throws(BackendError) -> Int? {
    if let frame = held.takeFirst() { return frame.count }
    return try base.discard()
  }
}
