/// Looks at the rings that backends share with their device, changes them, and plays the device.
public protocol RingInstrument: Sendable {
  /// Puts the indices at a place, for both sides.
  func place(_ ring: RingName, head: Int, tail: Int) throws(BenchError)

  /// Overwrites an index in the shared memory.
  func set(_ index: RingIndex, of ring: RingName, to value: Int) throws(BenchError)

  /// Overwrites the given fields of a slot in the shared memory.
  func set(_ slot: SlotPattern, at position: Int, of ring: RingName) throws(BenchError)

  /// Overwrites the given fields of a slot as soon as it has been read the first time.
  func change(_ slot: SlotPattern, at position: Int, of ring: RingName) throws(BenchError)

  /// Puts slots into a ring, filled with these bytes in a row: as the device does, or, in a ring to
  /// send from, as a program does that then has the kernel sync it.
  func publish(_ bytes: [UInt8], slots: [SlotPattern], to ring: RingName) throws(BenchError)

  /// Lets the device take at most that many slots at each sync; all if `nil`.
  func limit(_ slots: Int?) throws(BenchError)

  /// The indices in the shared memory.
  func indices(of ring: RingName) throws(BenchError) -> RingIndicesSummary

  /// The slots from a position on.
  func slots(of ring: RingName, from: Int, count: Int) throws(BenchError) -> [SlotSummary]

  /// Ends the traps of ``change(_:at:of:)`` that have not been met; the rings are still mapped.
  func endTraps()

  /// What has changed since the last time.
  func changes(of ring: RingName) throws(BenchError) -> RingChanges
}

extension RingInstrument {
  /// Does nothing: there are no traps.
  public func endTraps() {}

  /// Carries out an action.
  func perform(_ action: RingAction, round: Int) throws(BenchError) -> Observation {
    switch action {
    case .place(let ring, let head, let tail): try place(ring, head: head, tail: tail)
    case .setIndex(let ring, let index, let value): try set(index, of: ring, to: value)
    case .setSlot(let ring, let position, let slot): try set(slot, at: position, of: ring)
    case .changeAfterRead(let ring, let position, let slot):
      try change(slot, at: position, of: ring)
    case .publish(let ring, let frame, let slots):
      try publish(frame.contents(round), slots: slots, to: ring)
    case .limit(let count): try limit(count)
    case .indices(let ring): return .ring(.indices(try indices(of: ring)))
    case .slots(let ring, let from, let count):
      return .ring(.slots(try slots(of: ring, from: from, count: count)))
    case .changes(let ring): return .ring(.changes(try changes(of: ring)))
    }
    return .done
  }
}
