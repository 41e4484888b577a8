import RingMemory
import XenNetif

// Unsafe to share, and not shared: libFuzzer plays all inputs on one thread.
nonisolated(unsafe) private var page = FuzzedPage()

/// Explains the slots that libFuzzer makes, as each kind of ring; `ci/fuzz` builds it.
@c(LLVMFuzzerTestOneInput)
public func fuzzRingExplanation(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let input = FuzzedSlots(UnsafeRawBufferPointer(start: data, count: count)) else { return 0 }
  let slots = page.slots(input)
  check(slots.chains(input.policy), of: slots)
  var bytes = [UInt8](repeating: 0, count: RingGeometry.headerSize) + input.bytes
  // One of those that are nobody's.
  bytes[16] = UInt8(truncatingIfNeeded: input.first >> 24)
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
    let frame = try? chain.frame { _, bytes in [UInt8](repeating: 0, count: bytes.count) }
    precondition(frame?.count == packet.length, "the frame is as long as the packet")
  }
  precondition(next &- slots.first <= UInt32(slots.count), "no slot is looked at twice")
}

/// Explains a page whose header publishes some of the slots; text takes its time.
private func explain(_ slots: [UInt8], as kind: RingKind, _ input: FuzzedSlots) {
  let bytes = slots + [UInt8](repeating: 0, count: RingGeometry.pageSize - slots.count)
  guard let page = try? RingPage(kind.geometry, bytes: bytes) else { fatalError("not a page") }
  page.ring.responseProducer.store(input.first % 16)
  page.ring.requestProducer.store(input.first % 16 &+ input.count)
  guard
    let explanation = try? RingPageExplanation(bytes: page.bytes, kind: kind, policy: input.policy)
  else { fatalError("not a page") }
  let text = explanation.text.utf8
  precondition(text.last == UInt8(ascii: "\n"))
  let marks = text.count { $0 == UInt8(ascii: "!") }
  precondition(marks >= explanation.faults.count, "what is wrong is told")
}
