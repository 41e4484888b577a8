import RingMemory
import XenNetif

nonisolated(unsafe) private var page = FuzzedPage()

/// Explains the slots that libFuzzer makes, as each kind of ring; `ci/fuzz` builds it.
@c(LLVMFuzzerTestOneInput)
public func fuzzRingExplanation(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let input = FuzzedSlots(UnsafeRawBufferPointer(start: data, count: count)) else { return 0 }
  let slots = page.slots(input)
  check(slots.chains(input.policy), of: slots)
  let bytes = [UInt8](repeating: 0, count: RingGeometry.headerSize) + input.bytes
  for kind in RingKind.allCases { explain(bytes, as: kind, input) }
  return 0
}

/// Checks what holds for the chains of any page.
private func check(_ chains: [ReadChain], of slots: PublishedSlots) {
  var next = slots.first
  for chain in chains {
    precondition(chain.first == next && chain.slotCount > 0, "chains follow each other")
    next &+= UInt32(chain.slotCount)
    guard case .success(let packet) = chain.outcome, packet.multicast == nil else { continue }
    precondition(packet.slotCount == chain.slotCount, "each slot is one of the packet's")
    let fragments = chain.fragments
    precondition(fragments.reduce(0) { $0 + Int($1.length) } == packet.length)
  }
  precondition(next &- slots.first <= UInt32(slots.count), "no slot is looked at twice")
}

/// Explains a page whose header publishes some of the slots; text takes its time.
private func explain(_ slots: [UInt8], as kind: RingKind, _ input: FuzzedSlots) {
  let bytes = slots + [UInt8](repeating: 0, count: RingGeometry.pageSize - slots.count)
  guard let page = try? RingPage(kind.geometry, bytes: bytes) else { fatalError("not a page") }
  page.ring.responseProducer.store(input.first % 16)
  page.ring.requestProducer.store(input.first % 16 &+ input.count % 16)
  guard let explanation = try? RingPageExplanation(bytes: page.bytes, kind: kind) else {
    fatalError("not a page")
  }
  precondition(explanation.text.hasSuffix("\n"))
}
