/// One look through the slots of a chain, in the order in which Linux makes its checks.
///
/// What is fatal ends it at once. Other faults are noted, the first of them, and the rest of the chain
/// is looked at all the same: its slots have to be consumed with it, and one of them may be fatal.
///
/// Source: Linux `drivers/net/xen-netback/netback.c`, `xenvif_get_extras`,
/// `xenvif_count_requests`, `xenvif_tx_build_gops`.
@safe struct ChainScan {
  let slots: PublishedSlots
  let copies: SlotCopies
  let state: UnsafeMutablePointer<ParserState>
  /// The slots that have been copied.
  var slotCount: UInt32 = 0
  var extraCount: UInt32 = 0
  /// Whether a fault has been noted.
  var hasFault = false

  /// A look at slots, of which there is at least one; the state outlives it.
  @inline(__always)
  init(_ slots: PublishedSlots, into copies: SlotCopies, _ state: UnsafeMutablePointer<ParserState>)
  {
    self.slots = slots
    self.copies = copies
    unsafe self.state = unsafe state
  }

  /// The packet that begins with the first slot, without extras as most are.
  @inline(__always)
  mutating func chain() throws(ChainRefusal) -> TransmitChain {
    unsafe state.pointee.extraCount = 0
    let head = take().request
    // Out of the way: with the extras in hand there is no register left for the slots.
    if head.flags.contains(.extraInfo) { return try extendedChain(head) }
    return try chain(head, LastExtras())
  }

  @inline(never)
  func extendedChain(_ head: TransmitRequest) throws(ChainRefusal) -> TransmitChain {
    var scan = self
    try scan.takeExtras()
    // Read when it is needed, not here: what has just been written field by field is not read as a
    // whole without a wait.
    return try scan.chain(head, unsafe self.state.pointee.extras)
  }

  /// The packet whose first request and extras have been taken.
  @inline(__always)
  mutating func chain(
    _ head: TransmitRequest,
    _ extras: @autoclosure () -> LastExtras
  ) throws(ChainRefusal) -> TransmitChain {
    var length = head.size
    if !extras().isMulticast {
      if head.flags.contains(.moreData) { length = try takeContinuations(of: length) }
      if !hasFault { try check(head.offset, length, extras()) }
    }
    if hasFault { throw refusal(unsafe state.pointee.fault, .error) }
    return TransmitChain(
      head: head,
      shortSlotCount: UInt16(truncatingIfNeeded: slotCount),
      shortExtraCount: UInt16(truncatingIfNeeded: extraCount),
      firstLength: length,
      extras: extras()
    )
  }

  @inline(__always)
  mutating func take() -> SlotWords {
    defer { slotCount &+= 1 }
    return copies.take(slotCount, of: slots)
  }
}
