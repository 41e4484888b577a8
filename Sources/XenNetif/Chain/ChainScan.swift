/// One look through the slots of a chain, in the order in which Linux makes its checks.
///
/// What is fatal ends it at once. Other faults are noted, the first of them, and the rest of the chain
/// is looked at all the same: its slots have to be consumed with it, and one of them may be fatal.
///
/// Source: Linux `drivers/net/xen-netback/netback.c`, `xenvif_get_extras`,
/// `xenvif_count_requests`, `xenvif_tx_build_gops`.
struct ChainScan {
  private let slots: PublishedSlots
  private let copies: SlotCopies
  private let policy: ChainPolicy
  /// The slots that have been copied.
  private var slotCount = 0
  private(set) var extraCount = 0
  private var extras = LastExtras()
  /// The first fault that was not fatal.
  private var fault: ChainRefusal.Reason?

  @inline(__always)
  init(_ slots: PublishedSlots, into copies: SlotCopies, _ policy: ChainPolicy) {
    self.slots = slots
    self.copies = copies
    self.policy = policy
  }

  /// The packet that begins with the first slot, of which there is at least one.
  @inline(__always)
  mutating func chain() throws(ChainRefusal) -> TransmitChain {
    takeSlot()
    var head = copies.request(0)
    let total = head.size
    if head.flags.contains(.extraInfo) { try takeExtras() }
    if !extras.isMulticast {
      if head.flags.contains(.moreData) { head.size = try takeContinuations(of: total) }
      if fault == nil { try check(head) }
    }
    if let fault { throw refusal(fault, .error) }
    let firstLength = head.size
    head.size = total
    return TransmitChain(
      head: head,
      firstLength: firstLength,
      extraCount: extraCount,
      dataSlotCount: slotCount &- extraCount,
      extras: extras
    )
  }

  /// Looks at the extra slots, which follow the first one.
  private mutating func takeExtras() throws(ChainRefusal) {
    var extra: ExtraInfo
    repeat {
      if slotCount == slots.count { return try short() }
      let slot = slotCount
      takeSlot()
      extraCount &+= 1
      extra = copies.extra(slot)
      if policy.knows(extra.type) {
        if policy.refusesRepeatedExtras && extras.has(extra.type) {
          try violation(.repeatedExtra(slot: slot, type: extra.type))
        }
        extras.keep(extra)
      } else {
        try violation(.unknownExtra(slot: slot, type: extra.type))
      }
    } while extra.hasMore
  }

  /// Looks at the requests behind the first one.
  ///
  /// - Parameter total: The number of bytes in the packet.
  /// - Returns: What is left of them for the first one.
  @inline(__always)
  private mutating func takeContinuations(of total: UInt16) throws(ChainRefusal) -> UInt16 {
    var remaining = total
    var dataSlots = 1
    let fatalCount = policy.fatalDataSlotCount ?? .max
    var request: TransmitRequest
    repeat {
      let slot = slotCount
      if slot == slots.count {
        try short()
        return remaining
      }
      dataSlots &+= 1
      if dataSlots > policy.dataSlotLimit || dataSlots >= fatalCount {
        let reason = ChainRefusal.Reason.tooManyDataSlots(slot: slot, limit: policy.dataSlotLimit)
        if dataSlots >= fatalCount { throw refusal(reason, .fatal) }
        note(reason)
      }
      takeSlot()
      request = copies.request(slot)
      if request.size > remaining {
        note(.underflow(slot: slot, size: request.size, remaining: remaining))
      }
      // If it is larger, the packet is refused, and what is left of it does not matter any more.
      remaining &-= request.size
      if Self.isBeyondPage(request) {
        try violation(.beyondPage(slot: slot, offset: request.offset, length: request.size))
      }
    } while request.flags.contains(.moreData)
    return remaining
  }

  /// Checks what can only be checked at the end.
  ///
  /// - Parameter head: The first request, with the size of its own fragment.
  @inline(__always)
  private mutating func check(_ head: TransmitRequest) throws(ChainRefusal) {
    if head.size < policy.leastFirstFragment {
      return note(.shortFirstFragment(length: head.size, least: policy.leastFirstFragment))
    }
    if Self.isBeyondPage(head) {
      return try violation(.beyondPage(slot: 0, offset: head.offset, length: head.size))
    }
    guard extras.has(.segmentation) else { return }
    try checkSegmentation()
  }

  private mutating func checkSegmentation() throws(ChainRefusal) {
    guard let payload = extras.payload(of: .segmentation) else { return }
    let segmentation = SegmentationExtra(payload)
    if segmentation.size == 0 { return try violation(.emptySegments) }
    if segmentation.type != .tcp4 && segmentation.type != .tcp6 {
      try violation(.unknownSegmentation(type: segmentation.type))
    }
  }

  @inline(__always)
  private mutating func takeSlot() {
    copies.copy(slots, to: slotCount)
    slotCount &+= 1
  }

  /// The chain goes on and nothing more is published.
  private mutating func short() throws(ChainRefusal) {
    if policy.shortChain != .error {
      // Nothing more can be published while the ring is full of this chain.
      let isEndless = policy.shortChain == .wait && slotCount == slots.ring.geometry.slotCount
      if !isEndless { throw refusal(.missingSlot(slot: slotCount), policy.shortChain) }
      return note(.endless(slots: slotCount))
    }
    note(.missingSlot(slot: slotCount))
  }

  private mutating func violation(_ reason: ChainRefusal.Reason) throws(ChainRefusal) {
    if policy.violation == .fatal { throw refusal(reason, .fatal) }
    note(reason)
  }

  private mutating func note(_ reason: ChainRefusal.Reason) {
    if fault == nil { fault = reason }
  }

  private func refusal(
    _ reason: ChainRefusal.Reason,
    _ consequence: ChainPolicy.Consequence
  ) -> ChainRefusal {
    ChainRefusal(reason, consequence, slotCount: slotCount, extraCount: extraCount)
  }

  @inline(__always)
  private static func isBeyondPage(_ request: TransmitRequest) -> Bool {
    // In more bits than the fields have: 0xF000 and 0x1000 are not 0.
    UInt32(request.offset) &+ UInt32(request.size) > UInt32(GrantReference.pageSize)
  }
}
