internal import NetBackend
internal import RingMemory
internal import Synchronization

extension Vif {
  /// Lets a frame wait in the queue that it belongs to.
  ///
  /// With one queue it is gathered where it waits; with more, its bytes say which one it is.
  ///
  /// - Returns: Whether there was room.
  func place(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int,
    _ side: inout VifSendSide<Port>
  ) throws(BackendError) -> Bool {
    // The elements are the caller's for the length of the call.
    let list = unsafe ScatterGatherList(unsafeElements: elements)
    guard side.queues.count == 1 else {
      return try placeByHash(list, total, &side)
    }
    let queue = side.queues[0]
    queue.begin()
    guard !queue.isFull, let start = queue.reserve(total) else { return refuse() }
    let memory = unsafe queue.arena.address(start)
    _ = unsafe list.copyBytes(to: UnsafeMutableRawBufferPointer(start: memory, count: total))
    var frame = QueuedFrame(start: start + side.headerLength, length: total - side.headerLength)
    do throws(BackendError) {
      let isWaiting = try unsafe place(memory, &frame, queue, side)
      if !isWaiting { queue.unreserve(start) }
    } catch {
      queue.unreserve(start)
      throw error
    }
    return true
  }

  /// Lets a frame wait in the queue that its hash says.
  private func placeByHash(
    _ list: borrowing ScatterGatherList,
    _ total: Int,
    _ side: inout VifSendSide<Port>
  ) throws(BackendError) -> Bool {
    let memory = unsafe side.scratch.base
    _ = unsafe list.copyBytes(to: UnsafeMutableRawBufferPointer(start: memory, count: total))
    let bytes = unsafe memory + side.headerLength
    let length = total - side.headerLength
    let hash = unsafe side.steering.hash(bytes, count: length)
    let queue = side.queues[side.steering.queue(of: hash, of: side.queues.count)]
    queue.begin()
    guard !queue.isFull, let start = queue.reserve(length) else { return refuse() }
    var frame = QueuedFrame(start: start, length: length, hash: hash)
    unsafe queue.arena.address(start).copyMemory(from: bytes, byteCount: length)
    do throws(BackendError) {
      if try unsafe !place(memory, &frame, queue, side) { queue.unreserve(start) }
    } catch {
      queue.unreserve(start)
      throw error
    }
    return true
  }

  /// Lets a frame wait whose bytes are in their place in a queue, behind a vnet header somewhere.
  ///
  /// - Returns: Whether the bytes stay where they are.
  private func place(
    _ header: UnsafeRawPointer,
    _ frame: inout QueuedFrame,
    _ queue: ReceiveQueue<Port>,
    _ side: borrowing VifSendSide<Port>
  ) throws(BackendError) -> Bool {
    let bytes = unsafe queue.arena.address(frame.start)
    guard unsafe groups.passes(bytes) else {
      counters.sendFailed.add(1, ordering: .relaxed)
      return false
    }
    let offload = try unsafe offload(header, frame.length, side)
    frame.deadline = deadline(side.features)
    if let segmentation = offload.segmentation {
      try unsafe placeSegmented(bytes, frame, segmentation, queue, side.features)
    } else {
      try unsafe checkMTU(bytes, frame.length, side)
      try unsafe placeWhole(bytes, frame, offload, queue, side.features)
    }
    return true
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
