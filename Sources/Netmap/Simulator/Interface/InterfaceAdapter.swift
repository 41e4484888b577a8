internal import NetBackend
internal import RingMemory

/// An emulated network card: what is sent goes to a wire, what is injected comes in.
///
/// Source: netmap_generic.c, as far as the program sees it; the wire has no end.
final class InterfaceAdapter: KernelAdapter {
  /// The frames on the wire.
  let sent = FrameQueue()
  /// The frames that wait for slots, by the ring that they go to.
  let waiting: [FrameQueue]
  /// The most slots of a ring that the wire takes in one sync.
  var slotsPerSync = Int.max

  override init(_ name: String, _ geometry: NetmapGeometry, _ notifier: ArrivalNotifier) {
    waiting = (0..<geometry.receiveRings).map { _ in FrameQueue() }
    super.init(name, geometry, notifier)
  }

  override func stop() {
    // What a card still holds goes with its rings.
    for queue in waiting { queue.removeAll() }
  }

  /// Takes the published slots, and gives back those of the frames that went out.
  override func transmit(_ ring: KernelRing) {
    let indices = ring.view.indices
    ring.deviceHead = ring.lastHead
    // Behind the slot that always stays empty lie those that the wire has not taken.
    var start = indices.next(ring.deviceTail)
    var room = slotsPerSync
    while start != ring.deviceHead, room > 0, let frame = chain(from: start, on: ring) {
      guard frame.slots <= room || room == slotsPerSync else { break }
      send(frame, from: start, on: ring)
      room -= min(room, frame.slots)
      start = indices.advance(start, by: UInt32(frame.slots))
    }
    ring.deviceTail = ring.view.previous(start)
  }

  private struct Chain {
    var slots = 0
    var length = 0
  }

  /// The chain of slots that begins at one; `nil` as long as its end is not published.
  private func chain(from start: UInt32, on ring: KernelRing) -> Chain? {
    var chain = Chain()
    var position = start
    while position != ring.deviceHead {
      let slot = ring.view[position]
      chain.slots += 1
      chain.length += min(Int(slot.length), ring.view.bufferSize)
      if !slot.hasMore { return chain }
      position = ring.view.indices.next(position)
    }
    return nil
  }

  private func send(_ chain: Chain, from start: UInt32, on ring: KernelRing) {
    counters.taken += 1
    var place = unsafe sent.append(chain.length, ring: ring.number)
    var rest = chain.length
    var position = start
    for _ in 0..<chain.slots {
      var slot = ring.view[position]
      // The program may have changed the length since it was counted.
      let length = min(Int(slot.length), ring.view.bufferSize, rest)
      unsafe place.copyShort(from: ring.view.buffer(slot.bufferIndex), count: length)
      unsafe place += length
      rest -= length
      slot.flags.remove(.bufferChanged)
      ring.view[position] = slot
      position = ring.view.indices.next(position)
    }
    if rest > 0 { unsafe place.initializeMemory(as: UInt8.self, repeating: 0, count: rest) }
  }

  /// Takes back what was released, then fills free slots with the frames that wait.
  override func receive(_ ring: KernelRing) {
    ring.deviceHead = ring.lastHead
    let queue = waiting[ring.number]
    while let bytes = unsafe queue.front?.bytes {
      let size = ring.view.longestSlot
      let slots = max(1, (bytes.count + size - 1) / size)
      guard slots <= Int(ring.freeSlots) else { break }
      unsafe fill(ring, with: bytes, slots: slots)
      queue.removeFirst()
      counters.received += 1
    }
  }

  private func fill(_ ring: KernelRing, with bytes: UnsafeRawBufferPointer, slots: Int) {
    let view = ring.view
    var offset = 0
    for number in 1...slots {
      var slot = view[ring.deviceTail]
      let length = min(bytes.count - offset, view.longestSlot)
      if let source = bytes.baseAddress {
        unsafe view.buffer(slot.bufferIndex).copyShort(from: source + offset, count: length)
      }
      offset += length
      slot.length = UInt16(truncatingIfNeeded: length)
      slot.flags = number < slots ? .moreFragments : []
      view[ring.deviceTail] = slot
      ring.deviceTail = view.indices.next(ring.deviceTail)
    }
  }
}
