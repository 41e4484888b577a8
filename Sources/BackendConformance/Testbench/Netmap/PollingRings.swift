/// Rings of which each arrival is followed by a poll, as of an event loop that waits for them.
struct PollingRings: RingInstrument {
  let base: any RingInstrument
  /// Polls the descriptors of the backends.
  let poll: @Sendable () -> Void

  func publish(_ bytes: [UInt8], slots: [SlotPattern], to ring: RingName) throws(BenchError) {
    // The device has the slots that were released; it fills them, and the loop sees that.
    poll()
    try base.publish(bytes, slots: slots, to: ring)
    poll()
  }

  func place(_ ring: RingName, head: Int, tail: Int) throws(BenchError) {
    try base.place(ring, head: head, tail: tail)
  }

  func set(_ index: RingIndex, of ring: RingName, to value: Int) throws(BenchError) {
    try base.set(index, of: ring, to: value)
  }

  func set(_ slot: SlotPattern, at position: Int, of ring: RingName) throws(BenchError) {
    try base.set(slot, at: position, of: ring)
  }

  func change(_ slot: SlotPattern, at position: Int, of ring: RingName) throws(BenchError) {
    try base.change(slot, at: position, of: ring)
  }

  func limit(_ slots: Int?) throws(BenchError) { try base.limit(slots) }

  func indices(of ring: RingName) throws(BenchError) -> RingIndicesSummary {
    try base.indices(of: ring)
  }

  func slots(of ring: RingName, from: Int, count: Int) throws(BenchError) -> [SlotSummary] {
    try base.slots(of: ring, from: from, count: count)
  }

  func changes(of ring: RingName) throws(BenchError) -> RingChanges { try base.changes(of: ring) }
}
