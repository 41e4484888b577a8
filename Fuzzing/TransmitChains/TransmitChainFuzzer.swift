import RingMemory
import XenNetif

/// Looks at bytes that libFuzzer makes; `ci/fuzz` builds it.
///
/// Byte 0 chooses the policy, bytes 1 to 4 are the index of the first slot, little-endian, bytes 5 and
/// 6 the number of slots; the others lie in the ring's page from its first slot on. Bit 7 of byte 0 has
/// the page explained as well, as each kind of ring.
@c(LLVMFuzzerTestOneInput)
public func fuzzTransmitChains(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  guard input.count >= 7 else { return 0 }
  let first = input[1...4].reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
  let slots = UInt32(input[5]) | UInt32(input[6]) << 8
  var page = [UInt8](repeating: 0, count: 64) + input[7...].prefix(4032)
  page += [UInt8](repeating: 0, count: 4096 - page.count)
  guard let ring = try? RingPage(.transmit, bytes: page) else { fatalError("not a page") }
  check(ring.chains(from: first, count: slots, policy(input)), at: first)
  if input[0] & 0x80 != 0 { explain(page, first, slots) }
  return 0
}

/// A preset, or one of bytes.
func policy(_ input: [UInt8]) -> ChainPolicy {
  let presets: [ChainPolicy] = [.linux, .freeBSD, .strict]
  let choice = Int(input[0] & 0x7F)
  if choice < presets.count { return presets[choice] }
  let consequences: [ChainPolicy.Consequence] = [.wait, .error, .fatal]
  return ChainPolicy(
    dataSlotLimit: Int(Int8(bitPattern: input.last ?? 0)) * 4,
    fatalDataSlotCount: choice % 2 == 0 ? nil : Int(Int8(bitPattern: input[input.count / 2])) * 4,
    leastFirstFragment: UInt16(choice),
    shortChain: consequences[choice % 3],
    violation: consequences[choice / 3 % 3],
    lastKnownExtra: ExtraType(rawValue: input[input.count - 1]),
    refusesRepeatedExtras: choice & 0x40 != 0
  )
}

/// What holds for the chains of any page.
func check(_ chains: [ReadChain], at first: UInt32) {
  var next = first
  for chain in chains {
    precondition(chain.first == next && chain.slotCount > 0, "chains follow each other")
    next &+= UInt32(chain.slotCount)
    guard case .success(let packet) = chain.outcome, packet.multicast == nil else { continue }
    precondition(packet.slotCount == chain.slotCount, "each slot is one of the packet's")
    let fragments = chain.fragments
    precondition(
      fragments.allSatisfy { Int($0.offset) + Int($0.length) <= 4096 },
      "no fragment leaves its page"
    )
    let sum = fragments.reduce(0) { $0 + Int($1.length) }
    precondition(sum == packet.length, "the fragments are the packet")
  }
  precondition(next &- first <= 256, "no slot is looked at twice")
}

/// Explains the page with a header that publishes some of the slots; text takes its time.
func explain(_ slots: [UInt8], _ first: UInt32, _ count: UInt32) {
  for kind in RingKind.allCases {
    guard let page = try? RingPage(kind.geometry, bytes: slots) else { fatalError("not a page") }
    page.ring.responseProducer.store(first % 16)
    page.ring.requestProducer.store(first % 16 &+ count % 16)
    guard let explanation = try? RingPageExplanation(bytes: page.bytes, kind: kind) else {
      fatalError("not a page")
    }
    precondition(explanation.text.hasSuffix("\n"))
  }
}
