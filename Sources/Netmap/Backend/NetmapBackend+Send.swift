public import NetBackend
public import RingMemory
public import Synchronization
public import SystemPackage

extension NetmapBackend {
  /// Puts the frame into as many slots as it needs, and hands them to the kernel.
  ///
  /// Returns `nil` if the ring has no room, also after the kernel was asked to take back slots.
  @inlinable
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let total = frame.totalLength
    // The elements are used within the call alone.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    let ring = transmitRing
    let least = 14 &+ state.headerLength.load(ordering: .relaxed)
    guard isOpen, let total, total >= least, total <= limits.slotLength else {
      return try unsafe sendChain(elements, total)
    }
    let head = ring.head
    guard head < ring.slotCount, head != ring.tail else {
      return try unsafe sendChain(elements, total)
    }
    let index = ring[head].bufferIndex
    guard ring.hasBuffer(index) else { throw corrupt("buf_idx", index, "send") }
    unsafe gather(elements, into: ring.buffer(index))
    if least > 14 { unsafe clearUnknownFlags(ring.buffer(index)) }
    ring[head] = NetmapSlot(bufferIndex: index, length: UInt16(truncatingIfNeeded: total))
    let next = ring.indices.next(head)
    ring.current = next
    ring.head = next
    try handOver(from: head)
    return total
  }

  /// Clears the flags of a vnet header that a device does not know: it has to ignore them, and a switch
  /// drops such frames instead.
  ///
  /// Source: virtio 1.2, section 5.1.6.2.1; netmap_offloadings.c, `vnet_hdr_is_bad`.
  @inlinable
  @inline(__always)
  func clearUnknownFlags(_ header: UnsafeMutableRawPointer) {
    unsafe header.storeBytes(of: header.load(as: UInt8.self) & 0x03, as: UInt8.self)
  }

  /// Copies all elements, one behind the other.
  @inlinable
  @inline(__always)
  func gather(_ elements: UnsafeBufferPointer<BufferElement>, into target: UnsafeMutableRawPointer)
  {
    var target = unsafe target
    var list = unsafe elements.makeIterator()
    while let element = unsafe list.next() {
      let length = unsafe Int(bitPattern: element.length)
      if let base = unsafe element.base { unsafe target.copyShort(from: base, count: length) }
      unsafe target += length
    }
  }

  /// Has the kernel send what lies in front of `head`; takes it back if the kernel will not.
  @inlinable
  @inline(__always)
  func handOver(from head: UInt32) throws(BackendError) {
    do throws(Errno) { try port.syncTransmit(descriptor) } catch { throw takeBack(to: head, error) }
  }
}

extension NetmapBackend {
  /// Sends a frame that needs several slots, or finds out why it cannot be sent.
  @inline(never)
  @usableFromInline
  func sendChain(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int?
  ) throws(BackendError) -> Int? {
    try checkOpen("send")
    let total = try checked(total)
    let ring = transmitRing
    let count = UInt32((total + limits.slotLength - 1) / limits.slotLength)
    guard let head = try room(for: count) else { return nil }
    // Every buffer is looked at before the first byte is copied: a refused frame leaves nothing.
    var position = head
    for slot in 0..<Int(count) {
      let index = ring[position].bufferIndex
      guard ring.hasBuffer(index) else { throw corrupt("buf_idx", index, "send") }
      unsafe sendIndices[slot] = index
      position = ring.indices.next(position)
    }
    unsafe fill(head, elements, total)
    if headerLength > 0 { unsafe clearUnknownFlags(ring.buffer(sendIndices[0])) }
    ring.current = position
    ring.head = position
    try handOver(from: head)
    return total
  }

  private func checked(_ total: Int?) throws(BackendError) -> Int {
    guard let total, total <= limits.frameLength else {
      throw failure(.frameTooLong(maximum: limits.frameLength), "send")
    }
    guard total > 0 else { throw failure(.emptyFrame, "send") }
    let least = 14 + headerLength
    guard total >= least else { throw failure(.frameTooShort(minimum: least), "send") }
    return total
  }

  /// The first of `count` free slots; `nil` if there are fewer, also after the kernel was asked.
  private func room(for count: UInt32) throws(BackendError) -> UInt32? {
    let ring = transmitRing
    for isLastTry in [false, true] {
      let (head, tail) = (ring.head, ring.tail)
      guard ring.indices.contains(head) else { throw corrupt("head", head, "send") }
      guard ring.indices.contains(tail) else { throw corrupt("tail", tail, "send") }
      if ring.indices.distance(from: head, to: tail) >= count { return head }
      // What has been seen is not enough: waiting for room ends only when more comes.
      if isLastTry { ring.current = tail }
      do throws(Errno) { try port.syncTransmit(descriptor) } catch {
        throw failure(.system, "NIOCTXSYNC", error)
      }
    }
    return nil
  }

  /// Copies the elements into slots from `head` on, all but the last of which are filled.
  private func fill(
    _ head: UInt32,
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int
  ) {
    let ring = transmitRing
    var source = unsafe ElementCursor(elements)
    var (position, slot, left) = (head, 0, total)
    while left > 0 {
      let length = min(left, limits.slotLength)
      let index = unsafe sendIndices[slot]
      unsafe source.read(length, into: ring.buffer(index))
      left -= length
      ring[position] = NetmapSlot(
        bufferIndex: index,
        length: UInt16(truncatingIfNeeded: length),
        flags: left > 0 ? .moreFragments : []
      )
      position = ring.indices.next(position)
      slot += 1
    }
  }

  /// Makes the slots from `head` on free again, because the kernel did not look at them.
  @inline(never)
  @usableFromInline
  func takeBack(to head: UInt32, _ errno: Errno) -> BackendError {
    transmitRing.current = head
    transmitRing.head = head
    state.counters.sendFailed.add(1, ordering: .relaxed)
    return failure(.init(syncing: errno), "NIOCTXSYNC", errno)
  }
}

extension BackendError.Reason {
  /// What it means that the kernel does not sync a ring.
  init(syncing errno: Errno) {
    switch errno {
    case .noSuchAddressOrDevice, .operationNotSupportedByDevice, .badFileDescriptor:
      self = .disconnected
    default: self = .system
    }
  }
}
