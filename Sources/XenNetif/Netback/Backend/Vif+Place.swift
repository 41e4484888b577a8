internal import NetBackend
internal import RingMemory
internal import Synchronization

extension Vif {
  /// Lets a frame wait in the queue that it belongs to.
  ///
  /// - Returns: Whether there was room.
  func place(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int,
    _ side: inout VifSendSide<Port>
  ) throws(BackendError) -> Bool {
    // The elements are the caller's for the length of the call.
    let list = unsafe ScatterGatherList(unsafeElements: elements)
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: side.scratch.base, count: total)
    _ = unsafe list.copyBytes(to: buffer)
    let bytes = unsafe side.scratch.base + side.headerLength
    let length = total - side.headerLength
    guard unsafe groups.passes(bytes) else {
      counters.sendFailed.add(1, ordering: .relaxed)
      return true
    }
    let hash = unsafe side.queues.count > 1 ? side.steering.hash(bytes, count: length) : nil
    let queue = side.queues[side.steering.queue(of: hash, of: side.queues.count)]
    guard !queue.isFull else { return refuse() }
    let offload = try unsafe offload(side.scratch.base, length, side)
    let deadline = deadline(side.features)
    let frame = QueuedFrame(start: 0, length: length, hash: hash, deadline: deadline)
    guard let segmentation = offload.segmentation else {
      try unsafe checkMTU(bytes, length, side)
      return unsafe placeWhole(bytes, frame, offload, queue, side.features)
    }
    return try unsafe placeSegmented(bytes, frame, segmentation, queue, side.features)
  }

  private func refuse() -> Bool {
    counters.sendNoRoom.add(1, ordering: .relaxed)
    return false
  }

  private func deadline(_ features: FrontendFeatures) -> UInt64 {
    loop.now &+ (features.notifiesReceive ? policy.receiveExpiry : policy.pollingExpiry)
  }

  /// What the vnet header in front of a frame asks for.
  private func offload(
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
  private func checkMTU(
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
  private func placeWhole(
    _ bytes: UnsafeMutableRawPointer,
    _ frame: QueuedFrame,
    _ offload: FrameOffload,
    _ queue: ReceiveQueue<Port>,
    _ features: FrontendFeatures
  ) -> Bool {
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
    return unsafe enqueue(bytes, frame, queue) ? true : refuse()
  }

  /// Copies a frame into a queue, if there is room.
  func enqueue(
    _ bytes: UnsafeRawPointer,
    _ frame: QueuedFrame,
    _ queue: ReceiveQueue<Port>
  ) -> Bool {
    guard let start = queue.reserve(frame.length) else { return false }
    unsafe queue.arena.address(start).copyMemory(from: bytes, byteCount: frame.length)
    var frame = frame
    frame.start = start
    queue.append(frame)
    return true
  }
}
