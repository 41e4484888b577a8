internal import NetBackend
internal import RingMemory

extension ValeSwitch {
  /// Puts the frames of a queue, and those for everybody, into the ring they are for.
  ///
  /// They come in the order in which they were sent. A frame that does not fit is lost, and all
  /// frames of the batch behind it.
  ///
  /// Source: netmap_vale.c, `nm_vale_flush`.
  func deliver(
    _ own: ForwardingTable.Queue,
    _ everybody: ForwardingTable.Queue,
    number: Int,
    from sender: ValePort
  ) {
    guard let receiver = ports[number / ForwardingTable.rings] else { return }
    let ringNumber = number % ForwardingTable.rings % receiver.receiveRings.count
    var frames = FrameOrder(own.first, everybody.first)
    // A port may be there and not bound, or bound to send only.
    guard let ring = receiver.receiveRings[ringNumber] else {
      return receiver.counters.missed &+= frames.count(in: table)
    }
    let start = ring.deviceTail
    let slots = slotsNeeded(own.slots + everybody.slots, from: sender, to: receiver)
    let room = min(slots, Int(ring.freeSlots))
    let received =
      sender.headerLength == receiver.headerLength
      ? copy(&frames, to: ring, room: room)
      : convert(&frames, to: ring, room: room, from: sender, to: receiver)
    receiver.counters.received &+= received
    receiver.counters.missed &+= frames.lost &+ frames.count(in: table)
    if ring.deviceTail != start { receiver.announceArrival(on: ringNumber) }
  }

  /// The number of slots that are set aside: segmentation may need more than there were.
  private func slotsNeeded(_ slots: Int, from sender: ValePort, to receiver: ValePort) -> Int {
    guard sender.headerLength != receiver.headerLength, receiver.frameLimit < sender.frameLimit
    else { return slots }
    // Of the Ethernet header and the longest headers of IPv4 and TCP.
    let longestHeaders: UInt32 = 114
    let bytes = UInt32(truncatingIfNeeded: slots) &* UInt32(sender.frameLimit)
    // Wraps for a receiver with tiny buffers, as it does there.
    return Int(bytes / max(1, UInt32(receiver.frameLimit) &- longestHeaders) &+ 1)
  }

  /// Copies frames whose header stays as it is; returns how many.
  private func copy(_ frames: inout FrameOrder, to ring: KernelRing, room: Int) -> UInt64 {
    let view = ring.view
    let entries = unsafe table.entries
    var position = ring.deviceTail
    var room = room
    var received: UInt64 = 0
    while room > 0, let index = frames.next(in: table) {
      let fragments = unsafe Int(entries[index].fragments)
      guard fragments <= room else {
        frames.lost &+= 1
        break
      }
      var flags = NetmapSlotFlags(rawValue: UInt16(truncatingIfNeeded: fragments &<< 8 | 0x20))
      for fragment in 0..<fragments {
        if fragment &+ 1 == fragments { flags.remove(.moreFragments) }
        unsafe copy(entries[index &+ fragment], to: view, at: position, flags)
        position = view.indices.next(position)
      }
      room &-= fragments
      received &+= 1
    }
    ring.deviceTail = position
    return received
  }

  /// Copies one slot; one that is longer than the receiver's buffers, or cannot be read, comes empty.
  @inline(__always)
  private func copy(
    _ entry: ForwardingTable.Entry,
    to view: KernelRingView,
    at position: UInt32,
    _ flags: NetmapSlotFlags
  ) {
    var slot = view[position]
    var length = entry.length
    // Short ones are copied in pieces of 64 bytes, whatever is behind them included.
    let rounded = length < 1024 ? (length &+ 63) & ~63 : length
    let place = unsafe view.buffer(slot.bufferIndex)
    if rounded > view.bufferSize {
      length = 0
    } else if entry.flags.contains(.indirect) {
      if unsafe !IndirectMemory.read(entry.bytes, length, into: place) { length = 0 }
    } else {
      unsafe place.copyShort(from: entry.bytes, count: rounded)
    }
    slot.length = UInt16(truncatingIfNeeded: length)
    slot.flags = flags
    view[position] = slot
  }
}
