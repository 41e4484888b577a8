// The verbs for rings that scripts are written in.
extension Step {
  /// Puts the indices of a ring at a place, for both sides.
  public static func place(_ ring: RingName, head: Int, tail: Int) -> Step {
    Step(.ring(.place(ring, head: head, tail: tail)), allowed: [.done])
  }

  /// Overwrites an index of a ring.
  public static func set(_ ring: RingName, _ index: RingIndex, to value: Int) -> Step {
    Step(.ring(.setIndex(ring, index, value)), allowed: [.done])
  }

  /// Overwrites the given fields of a slot.
  public static func set(_ ring: RingName, slot position: Int, _ slot: SlotPattern) -> Step {
    Step(.ring(.setSlot(ring, position: position, slot)), allowed: [.done])
  }

  /// Overwrites the given fields of a slot as soon as it has been read the first time.
  public static func changeAfterRead(
    _ ring: RingName,
    slot position: Int,
    _ slot: SlotPattern
  ) -> Step {
    Step(.ring(.changeAfterRead(ring, position: position, slot)), allowed: [.done])
  }

  /// Puts slots into a ring, the frame's bytes in a row over them: as the device does, or as a program
  /// that sends.
  public static func publish(
    _ frame: FramePattern,
    slots: [SlotPattern],
    to ring: RingName = .receive
  ) -> Step {
    Step(.ring(.publish(ring, frame, slots: slots)), allowed: [.done])
  }

  /// Lets the device take at most that many slots at each sync; all if there is no number.
  public static func limitTransmit(_ slots: Int?) -> Step {
    Step(.ring(.limit(slots)), allowed: [.done])
  }

  /// Asks for the indices of a ring; those that are not named may be anything.
  public static func indices(
    of ring: RingName,
    head: Int? = nil,
    current: Int? = nil,
    tail: Int? = nil
  ) -> Step {
    let expected = RingExpectation.indices(head: head, current: current, tail: tail)
    return Step(.ring(.indices(ring)), allowed: [Outcome(.ring(expected))])
  }

  /// Asks for the slots from a position on, which are these.
  public static func slots(of ring: RingName, from start: Int, _ slots: [SlotPattern]) -> Step {
    Step(
      .ring(.slots(ring, from: start, count: slots.count)),
      allowed: [Outcome(.ring(.slots(slots)))]
    )
  }

  /// Asks what has changed since the last time, and leaves what that was open.
  public static func rememberRing(_ ring: RingName) -> Step {
    Step(.ring(.changes(ring)), allowed: [.anything])
  }

  /// Asks what has changed since the last time: exactly these slots, and the indices if they may.
  public static func changes(
    of ring: RingName,
    slots: [Int],
    indices: Bool = true
  ) -> Step {
    Step(.ring(.changes(ring)), allowed: [Outcome(.ring(.changed(slots, indices: indices)))])
  }
}
