internal import RingMemory

extension PipeEnd {
  /// Hands published slots over; the other end sees them once their chain is whole.
  ///
  /// Source: netmap_pipe.c, `netmap_pipe_txsync`.
  func handOver(_ ring: KernelRing) {
    ring.deviceTail = ring.pipeTail
    guard let partner = ring.partner else { return }
    let view = ring.view
    var position = ring.deviceHead
    var frames: UInt64 = 0
    while position != ring.lastHead {
      partner.copySlot(position, from: ring)
      let slot = view[position]
      ring.clearBufferChanged(position)
      position = view.indices.next(position)
      guard !slot.hasMore else { continue }
      partner.pipeTail = position
      frames &+= 1
    }
    ring.deviceHead = position
    guard frames > 0 else { return }
    counters.taken &+= frames
    peer?.counters.received &+= frames
    peer?.announceArrival(on: partner.number)
  }

  /// Gives released slots back to the other end, with the buffers that they have now.
  ///
  /// Source: netmap_pipe.c, `netmap_pipe_rxsync`.
  func giveBack(_ ring: KernelRing) {
    ring.deviceTail = ring.pipeTail
    guard let partner = ring.partner, ring.lastHead != ring.deviceHead else { return }
    let view = ring.view
    var position = ring.deviceHead
    while position != ring.lastHead {
      if view[position].flags.contains(.bufferChanged) {
        partner.copySlot(position, from: ring)
        ring.clearBufferChanged(position)
      }
      position = view.indices.next(position)
    }
    partner.pipeTail = view.previous(position)
    ring.deviceHead = position
  }
}

extension KernelRing {
  /// Makes a ring the other end of this one, slot by slot.
  func takeSlots(of ring: KernelRing) {
    partner = ring
    ring.partner = self
    for position in 0..<view.slotCount { copySlot(position, from: ring) }
  }

  /// Copies a slot of the other end, the pointer of an indirect one included.
  fileprivate func copySlot(_ position: UInt32, from ring: KernelRing) {
    view[position] = ring.view[position]
    view.slotPointer(position).store(ring.view.slotPointer(position).load())
  }

  fileprivate func clearBufferChanged(_ position: UInt32) {
    var slot = view[position]
    guard slot.flags.contains(.bufferChanged) else { return }
    slot.flags.remove(.bufferChanged)
    view[position] = slot
  }
}
