/// What is wrong with a chain, noted or thrown.
extension ChainScan {
  /// There are as many slots with data as may be, and another one.
  ///
  /// - Returns: How many of them are not fatal.
  @inline(__always)
  mutating func tooManyDataSlots() throws(ChainRefusal) -> UInt32 {
    let limit = unsafe state.pointee.policy.dataSlotLimit
    let reason = ChainRefusal.Reason.tooManyDataSlots(slot: Int(slotCount), limit: limit)
    let most = unsafe state.pointee.nonfatalDataSlots
    if slotCount &- extraCount >= most { throw refusal(reason, .fatal) }
    note(reason)
    return most
  }

  @inline(__always)
  mutating func underflow(_ size: UInt16, _ remaining: UInt16) {
    note(.underflow(slot: Int(slotCount) - 1, size: size, remaining: remaining))
  }

  @inline(__always)
  mutating func beyondPage(
    _ slot: UInt32,
    _ offset: UInt16,
    _ length: UInt16
  ) throws(ChainRefusal) {
    try violation(.beyondPage(slot: Int(slot), offset: offset, length: length))
  }

  /// The chain goes on and nothing more is published.
  @inline(__always)
  mutating func short() throws(ChainRefusal) {
    let shortChain = unsafe state.pointee.policy.shortChain
    if shortChain == .error { return note(.missingSlot(slot: Int(slotCount))) }
    // Nothing more can be published while the ring is full of this chain.
    let isEndless = shortChain == .wait && Int(slotCount) == slots.ring.geometry.slotCount
    if !isEndless { throw refusal(.missingSlot(slot: Int(slotCount)), shortChain) }
    note(.endless(slots: Int(slotCount)))
  }

  @inline(__always)
  mutating func violation(_ reason: ChainRefusal.Reason) throws(ChainRefusal) {
    if unsafe state.pointee.policy.violation == .fatal { throw refusal(reason, .fatal) }
    note(reason)
  }

  @inline(__always)
  mutating func note(_ reason: ChainRefusal.Reason) {
    if hasFault { return }
    hasFault = true
    unsafe state.pointee.fault = reason
  }

  @inline(__always)
  func refusal(
    _ reason: ChainRefusal.Reason,
    _ consequence: ChainPolicy.Consequence
  ) -> ChainRefusal {
    unsafe state.pointee.extraCount = Int(extraCount)
    return ChainRefusal(
      reason,
      consequence,
      slotCount: Int(slotCount),
      extraCount: Int(extraCount)
    )
  }
}
