internal import NetBackend
package import RingMemory
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

  /// The memory that the rings of a port lie in.
  ///
  /// - Throws: `ENXIO` without the port, or if nobody has bound it.
  package func memory(of port: String) throws(Errno) -> SharedMemory {
    try locked { (state) throws(Errno) -> SharedMemory in
      guard let memory = state.adapters[port]?.memory else { throw .noSuchAddressOrDevice }
      return memory.shared
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
      let view = ring.view
      var rest = bytes[...]
      for number in 0..<slots {
        let slot = view.fill(view[ring.deviceTail], from: &rest) { change(&$0, number) }
        view[ring.deviceTail] = slot
        ring.deviceTail = view.indices.next(ring.deviceTail)
      }
    }
  }

  /// Puts slots into a ring to send from, as the program that has it would, and syncs it.
  ///
  /// `change` is given each slot with its buffer's index, and its number.
  ///
  /// - Throws: `ENXIO` without the ring, `ENOBUFS` if it has not that many free slots.
  public func send(
    _ bytes: [UInt8],
    slots: Int,
    from port: String,
    _ number: Int = 0,
    _ change: (inout NetmapSlot, Int) -> Void
  ) throws(Errno) {
    let isPending = try locked { (state) throws(Errno) -> Bool in
      let ring = try state.ring(of: port, true, number).ring
      let view = ring.view
      guard slots <= Int(view.indices.distance(from: view.head, to: view.tail)) else {
        throw .noBufferSpace
      }
      var (position, rest) = (view.head, bytes[...])
      for number in 0..<slots {
        view[position] = view.fill(view[position], from: &rest) { change(&$0, number) }
        position = view.indices.next(position)
      }
      (view.current, view.head) = (position, position)
      if let adapter = state.adapters[port] { _ = state.syncTransmit(ring, of: adapter) }
      return state.notifier.isPending
    }
    if isPending { callHooks() }
  }
}

extension KernelRingView {
  /// A slot whose buffer has the next of the bytes, as many as the slot says and the buffer holds.
  fileprivate func fill(
    _ slot: NetmapSlot,
    from bytes: inout ArraySlice<UInt8>,
    _ change: (inout NetmapSlot) -> Void
  ) -> NetmapSlot {
    var slot = slot
    let target = unsafe buffer(slot.bufferIndex)
    slot.flags = []
    change(&slot)
    let part = bytes.prefix(min(Int(slot.length), bufferSize))
    unsafe part.withUnsafeBytes { source in
      if let base = source.baseAddress { unsafe target.copyShort(from: base, count: part.count) }
    }
    bytes = bytes.dropFirst(part.count)
    return slot
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
