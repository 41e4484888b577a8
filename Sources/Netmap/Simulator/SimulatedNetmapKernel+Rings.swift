internal import RingMemory
internal import Synchronization
public import SystemPackage

// What a test does to the rings of a port as if it were the device, or memory gone wrong.
extension SimulatedNetmapKernel {
  /// Calls `body` with a ring of a port, as the program sees it; the kernel does nothing meanwhile.
  ///
  /// - Throws: `ENXIO` without the port, or if nobody has bound the ring.
  public func withRing<Result: Sendable>(
    of port: String,
    isTransmit: Bool,
    _ number: Int = 0,
    _ body: (NetmapRing) -> Result
  ) throws(Errno) -> Result {
    try locked { (state) throws(Errno) -> Result in
      let (ring, memory) = try state.ring(of: port, isTransmit, number)
      guard let view = try? NetmapRing(memory.shared, at: ring.offset) else {
        throw .invalidArgument
      }
      return body(view)
    }
  }

  /// Puts the indices of a ring at a place, for the program and the kernel, as if it had come there by
  /// frames: `head` is the first slot of the program, `tail` the first of the kernel.
  ///
  /// - Throws: `ENXIO` without the ring, `EINVAL` for a place that it does not have.
  public func placeRing(
    of port: String,
    isTransmit: Bool,
    _ number: Int = 0,
    head: UInt32,
    tail: UInt32
  ) throws(Errno) {
    try locked { (state) throws(Errno) in
      let ring = try state.ring(of: port, isTransmit, number).ring
      guard max(head, tail) < ring.view.slotCount else { throw .invalidArgument }
      (ring.deviceHead, ring.deviceTail) = (head, tail)
      (ring.lastHead, ring.lastCurrent) = (head, head)
      (ring.view.head, ring.view.current) = (head, head)
      ring.finish()
    }
  }

  /// Has the device put slots into a ring to receive from, the bytes in a row over their buffers.
  ///
  /// They are seen at the next sync. `change` is given each slot with its buffer's index, and its
  /// number; a length above that of the buffer stands in the slot, but nothing is written behind it.
  ///
  /// - Throws: `ENXIO` without the ring, `ENOBUFS` if it has not that many free slots.
  public func publish(
    _ bytes: [UInt8],
    slots: Int,
    to port: String,
    _ number: Int = 0,
    _ change: (inout NetmapSlot, Int) -> Void
  ) throws(Errno) {
    try locked { (state) throws(Errno) in
      let ring = try state.ring(of: port, false, number).ring
      guard slots <= Int(ring.freeSlots) else { throw .noBufferSpace }
      var offset = 0
      for number in 0..<slots {
        var slot = ring.view[ring.deviceTail]
        let buffer = unsafe ring.view.buffer(slot.bufferIndex)
        slot.flags = []
        change(&slot, number)
        let count = min(Int(slot.length), ring.view.bufferSize, bytes.count - offset)
        unsafe bytes.withUnsafeBytes { source in
          if let base = source.baseAddress {
            unsafe buffer.copyShort(from: base + offset, count: count)
          }
        }
        offset += count
        ring.view[ring.deviceTail] = slot
        ring.deviceTail = ring.view.indices.next(ring.deviceTail)
      }
    }
  }
}

extension KernelState {
  fileprivate func ring(
    of port: String,
    _ isTransmit: Bool,
    _ number: Int
  ) throws(Errno) -> (ring: KernelRing, memory: KernelMemory) {
    guard let adapter = adapters[port], let memory = adapter.memory else {
      throw .noSuchAddressOrDevice
    }
    let rings = isTransmit ? adapter.transmitRings : adapter.receiveRings
    guard rings.indices.contains(number), let ring = rings[number] else {
      throw .noSuchAddressOrDevice
    }
    return (ring, memory)
  }
}
