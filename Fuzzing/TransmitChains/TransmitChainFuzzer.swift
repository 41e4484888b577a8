import XenNetif

// Unsafe to share, and not shared: libFuzzer plays all inputs on one thread.
nonisolated(unsafe) private var page = FuzzedPage()

/// Looks for packets in the slots that libFuzzer makes; `ci/fuzz` builds it.
///
/// Nothing is made that is not needed, neither arrays nor text: what counts is how many pages are looked
/// at.
@c(LLVMFuzzerTestOneInput)
public func fuzzTransmitChains(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let input = FuzzedSlots(UnsafeRawBufferPointer(start: data, count: count)) else { return 0 }
  let parser = TransmitChainParser(input.policy)
  var rest = page.slots(input)
  while rest.count > 0 {
    guard let taken = check(parser, rest) else { break }
    rest = rest.dropping(taken)
  }
  return 0
}

/// Looks for one packet.
///
/// - Returns: The number of its slots; `nil` if nothing behind it is looked at.
private func check(_ parser: TransmitChainParser, _ slots: PublishedSlots) -> Int? {
  do {
    guard let chain = try parser.parse(slots) else { fatalError("there are slots") }
    check(chain.slotCount, chain.extraCount, of: slots)
    precondition(
      chain.dataSlotCount + chain.extraCount == chain.slotCount,
      "each slot is one of the packet's"
    )
    if chain.extraCount > 0 { checkExtras(chain, parser) }
    if chain.multicast == nil { check(chain, parser) }
    return chain.slotCount
  } catch {
    check(error.slotCount, error.extraCount, of: slots)
    return error.consequence == .error ? error.slotCount : nil
  }
}

private func check(_ slotCount: Int, _ extraCount: Int, of slots: PublishedSlots) {
  precondition((1...slots.count).contains(slotCount), "slots are consumed, and only published ones")
  precondition((0..<slotCount).contains(extraCount), "the first slot is no extra")
}

/// Checks what holds for any packet.
private func check(_ chain: TransmitChain, _ parser: TransmitChainParser) {
  let policy = parser.policy
  precondition(chain.dataSlotCount <= max(1, policy.dataSlotLimit), "the limit is kept")
  precondition(chain.firstLength >= policy.leastFirstFragment, "the first fragment is long enough")
  if let segmentation = chain.segmentation {
    precondition(segmentation.size > 0, "segments have bytes")
  }
  var sum = 0
  for position in 0..<chain.dataSlotCount {
    let fragment = parser.fragment(position, of: chain)
    precondition(Int(fragment.offset) + Int(fragment.length) <= 4096, "no fragment leaves its page")
    sum += Int(fragment.length)
  }
  precondition(sum == chain.length, "the fragments are the packet")
}

/// Checks that the last extra of each type is what the packet says.
private func checkExtras(_ chain: TransmitChain, _ parser: TransmitChainParser) {
  func last(_ type: ExtraType) -> ExtraPayload? {
    let position = (0..<chain.extraCount).last { parser.extra($0).type == type }
    return position.map { parser.extra($0).payload }
  }
  precondition(chain.segmentation == last(.segmentation).map { SegmentationExtra($0) })
  precondition(chain.hash == last(.hash).map { HashExtra($0) })
  precondition(chain.headroom == last(.headroom).map { HeadroomExtra($0) })
  let (added, deleted) = (last(.multicastAdd), last(.multicastDelete))
  precondition(chain.multicast?.group == (added ?? deleted).map { MulticastExtra($0) })
}
