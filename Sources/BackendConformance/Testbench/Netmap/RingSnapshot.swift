internal import Netmap

/// A ring as it was at one time.
struct RingSnapshot: Sendable {
  private let indices: RingIndicesSummary
  private let slots: [NetmapSlot]
  private let digests: [UInt64]

  init(_ ring: NetmapRing) {
    let slots = (0..<ring.slotCount).map { ring[$0] }
    indices = RingIndicesSummary(ring)
    self.slots = slots
    digests = slots.map { slot in
      guard ring.hasBuffer(slot.bufferIndex) else { return 0 }
      let buffer = unsafe UnsafeRawBufferPointer(
        start: ring.buffer(slot.bufferIndex),
        count: ring.bufferSize
      )
      return unsafe FrameSummary(buffer).digest
    }
  }

  /// What is not as it was.
  func changes(since old: RingSnapshot) -> RingChanges {
    let pairs: [(RingIndex, Bool)] = [
      (.head, indices.head != old.indices.head),
      (.current, indices.current != old.indices.current),
      (.tail, indices.tail != old.indices.tail),
    ]
    let changed = slots.indices.filter { position in
      guard old.slots.indices.contains(position) else { return true }
      return slots[position] != old.slots[position] || digests[position] != old.digests[position]
    }
    return RingChanges(indices: pairs.filter(\.1).map(\.0), slots: changed)
  }
}
