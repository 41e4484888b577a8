extension ChainScan {
  /// Looks at the extra slots, which follow the first one.
  @inline(__always)
  mutating func takeExtras() throws(ChainRefusal) {
    unsafe state.pointee.extras = LastExtras()
    var extra: ExtraInfo
    repeat {
      if slotCount == slots.shortCount { return try short() }
      extra = take().extra
      extraCount &+= 1
      if unsafe state.pointee.policy.knows(extra.type) {
        try checkRepetition(extra.type)
        unsafe state.pointee.extras.keep(extra)
      } else {
        try violation(.unknownExtra(slot: Int(slotCount) &- 1, type: extra.type))
      }
    } while extra.hasMore
    unsafe state.pointee.extraCount = Int(extraCount)
  }

  @inline(__always)
  mutating func checkRepetition(_ type: ExtraType) throws(ChainRefusal) {
    guard unsafe state.pointee.policy.refusesRepeatedExtras,
      unsafe state.pointee.extras.has(type)
    else { return }
    try violation(.repeatedExtra(slot: Int(slotCount) &- 1, type: type))
  }

  /// Looks at the requests behind the first one.
  ///
  /// - Parameter total: The number of bytes in the packet.
  /// - Returns: What is left of them for the first one.
  @inline(__always)
  mutating func takeContinuations(of total: UInt16) throws(ChainRefusal) -> UInt16 {
    var remaining = total
    let allowed = unsafe state.pointee.allowedDataSlots
    // One comparison a slot: either the published ones end there, or those that may be.
    var stop = min(slots.shortCount, extraCount &+ allowed)
    var request: TransmitRequest
    repeat {
      // What seldom is, is said to be seldom: the loop is as long as a few of its instructions take.
      if _slowPath(slotCount == stop) {
        if slotCount == slots.shortCount {
          try short()
          return remaining
        }
        stop = min(slots.shortCount, extraCount &+ (try tooManyDataSlots()))
      }
      request = take().request
      if _slowPath(request.size > remaining) { underflow(request.size, remaining) }
      // If it is larger, the packet is refused, and what is left of it does not matter any more.
      remaining &-= request.size
      if _slowPath(Self.isBeyondPage(request.offset, request.size)) {
        try beyondPage(slotCount &- 1, request.offset, request.size)
      }
    } while request.flags.contains(.moreData)
    return remaining
  }

  /// Checks what can only be checked at the end: the first fragment, and how it is to be segmented.
  @inline(__always)
  mutating func check(
    _ offset: UInt16,
    _ length: UInt16,
    _ extras: LastExtras
  ) throws(ChainRefusal) {
    let least = unsafe state.pointee.policy.leastFirstFragment
    if length < least { return note(.shortFirstFragment(length: length, least: least)) }
    if Self.isBeyondPage(offset, length) { return try beyondPage(0, offset, length) }
    if extras.has(.segmentation) { try checkSegmentation(extras) }
  }

  @inline(__always)
  mutating func checkSegmentation(_ extras: LastExtras) throws(ChainRefusal) {
    guard let payload = extras.payload(of: .segmentation) else { return }
    let segmentation = SegmentationExtra(payload)
    if segmentation.size == 0 { return try violation(.emptySegments) }
    if segmentation.type != .tcp4 && segmentation.type != .tcp6 {
      try violation(.unknownSegmentation(type: segmentation.type))
    }
  }

  @inline(__always)
  static func isBeyondPage(_ offset: UInt16, _ length: UInt16) -> Bool {
    // In more bits than the fields have: 0xF000 and 0x1000 are not 0.
    UInt32(offset) &+ UInt32(length) > UInt32(GrantReference.pageSize)
  }
}
