internal import RingMemory

extension ValeSwitch {
  /// Sends the slots that a port has published, in batches.
  ///
  /// A chain whose last slot is not its end is closed there. One of 256 fragments or more, with which
  /// the real kernel does not come back, is dropped and counted.
  ///
  /// Source: netmap_vale.c, `nm_vale_preflush`.
  func forward(_ ring: KernelRing, from port: ValePort) {
    let view = ring.view
    var position = ring.deviceHead
    let end = ring.lastHead
    var count = 0
    var fragments = 0
    var last: NetmapSlotFlags = []
    while position != end {
      let slot = collect(position, of: view, into: count)
      position = view.indices.next(position)
      last = slot.flags
      fragments &+= 1
      // A chain that is too long stands still at its last entry until its end comes.
      if fragments <= ForwardingTable.maximumFragments { count &+= 1 }
      if last.contains(.moreFragments) { continue }
      finishChain(fragments, count: &count, of: port)
      fragments = 0
      if count >= ForwardingTable.batch {
        flush(count, from: port, ring: ring.number)
        count = 0
      }
    }
    if fragments > 0 {
      unsafe table.entries[max(0, count - 1)].flags.remove(.moreFragments)
      finishChain(fragments, count: &count, of: port)
    }
    if count > 0 { flush(count, from: port, ring: ring.number) }
  }

  /// Notes one slot; returns it as it was.
  @inline(__always)
  private func collect(
    _ position: UInt32,
    of view: KernelRingView,
    into index: Int
  ) -> NetmapSlot {
    var slot = view[position]
    if slot.flags.contains(.bufferChanged) {
      slot.flags.remove(.bufferChanged)
      view[position] = slot
    }
    var bytes = unsafe view.buffer(slot.bufferIndex)
    var isWrong = Int(slot.length) > view.bufferSize
    if slot.flags.contains(.indirect) {
      let address = view.slotPointer(position).load()
      if let pointer = unsafe UnsafeMutableRawPointer(bitPattern: UInt(address)) {
        unsafe bytes = pointer
      } else {
        isWrong = true
      }
    }
    // A slot that cannot be counts as an empty one without flags; the chain goes on all the same.
    if isWrong { unsafe bytes = view.buffers }
    unsafe table.entries[index] = ForwardingTable.Entry(
      bytes: bytes,
      length: isWrong ? 0 : Int(slot.length),
      flags: isWrong ? [] : slot.flags,
      fragments: 1,
      next: ForwardingTable.none
    )
    return slot
  }

  private func finishChain(_ fragments: Int, count: inout Int, of port: ValePort) {
    port.counters.taken &+= 1
    if fragments > ForwardingTable.maximumFragments {
      count &-= ForwardingTable.maximumFragments
      port.counters.refused &+= 1
    } else {
      unsafe table.entries[count &- fragments].fragments = UInt16(truncatingIfNeeded: fragments)
    }
  }
}
