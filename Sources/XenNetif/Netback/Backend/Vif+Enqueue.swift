internal import NetBackend
internal import Synchronization

extension Vif {
  /// What the vnet header in front of a frame asks for.
  func offload(
    _ start: UnsafeRawPointer,
    _ length: Int,
    _ side: borrowing VifSendSide<Port>
  ) throws(BackendError) -> FrameOffload {
    guard side.headerLength > 0 else { return .none }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: side.headerLength)
    guard let header = unsafe VirtioNetHeader(decoding: bytes),
      let offload = FrameOffload(header, length: length)
    else { throw lost() }
    return offload
  }

  /// Refuses a frame that is too long for the interface; a tag makes it longer.
  func checkMTU(
    _ bytes: UnsafeRawPointer,
    _ length: Int,
    _ side: borrowing VifSendSide<Port>
  ) throws(BackendError) {
    let tag = unsafe bytes.big(at: 12, as: UInt16.self) == 0x8100 ? 4 : 0
    let most = side.mtu + NetworkProtocol.ethernetLength + tag
    guard length > most else { return }
    throw failure(.frameTooLong(maximum: most + side.headerLength), "send")
  }

  /// Counts a frame that cannot be sent.
  func lost() -> BackendError {
    counters.sendFailed.add(1, ordering: .relaxed)
    return failure(.dropped, "send")
  }

  /// Lets a frame wait that is not cut.
  func placeWhole(
    _ bytes: UnsafeMutableRawPointer,
    _ frame: QueuedFrame,
    _ offload: FrameOffload,
    _ queue: ReceiveQueue<Port>,
    _ features: FrontendFeatures
  ) throws(BackendError) {
    var frame = frame
    if let checksum = offload.checksum {
      let network = unsafe NetworkProtocol(etherTypeOf: bytes, count: frame.length)
      if features.takesChecksum(network) {
        frame.flags = [.checksumBlank, .dataValidated]
      } else {
        unsafe checksum.complete(bytes, count: frame.length)
      }
    } else if offload.isValidated {
      frame.flags = .dataValidated
    }
    try enqueue(frame, queue)
  }

  /// Lets a frame wait, unless a whole ring of requests were too few for it.
  func enqueue(
    _ frame: QueuedFrame,
    _ queue: ReceiveQueue<Port>
  ) throws(BackendError) {
    guard queue.layout.slots(frame) <= Int(queue.ring.slotCount) else { throw lost() }
    queue.append(frame)
  }
}
