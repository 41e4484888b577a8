/// What a parser keeps from one chain to the next.
struct ParserState {
  let policy: ChainPolicy
  /// The most slots with data that need no second look, and the most that are not fatal.
  ///
  /// At least 1, because the first is not asked, and at most more than there are slots.
  let allowedDataSlots: UInt32
  let nonfatalDataSlots: UInt32
  /// The extra slots of the chain that was looked at last.
  var extraCount = 0
  /// What they said, if there were any.
  var extras = LastExtras()
  /// The first fault of the chain that was not fatal, if there was one.
  var fault = ChainRefusal.Reason.emptySegments

  init(_ policy: ChainPolicy) {
    self.policy = policy
    let limits = 1...SlotCopies.capacity
    let nonfatal = (policy.fatalDataSlotCount ?? .max).clamped(to: 1...(.max)) - 1
    nonfatalDataSlots = UInt32(nonfatal.clamped(to: limits))
    allowedDataSlots = UInt32(min(nonfatal, policy.dataSlotLimit).clamped(to: limits))
  }
}

extension Comparable {
  fileprivate func clamped(to limits: ClosedRange<Self>) -> Self {
    min(max(self, limits.lowerBound), limits.upperBound)
  }
}
