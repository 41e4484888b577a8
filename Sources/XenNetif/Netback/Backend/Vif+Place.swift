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
}
