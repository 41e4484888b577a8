import CBaseline
import XenNetif

/// The chain parser, against a plain one in C with the same checks over the same bytes.
///
/// Both sides make one call a chain, which is not inlined into the loop.
struct ChainBenchmark {
  private static let slots = 256 * 400

  static func run(_ report: (String, Double, String) -> Void) {
    for kind in ChainKind.all {
      let benchmark = ChainBenchmark(kind)
      report("xen/parse/\(kind.name)", benchmark.ratio(), "ratio")
      report("xen/parse/\(kind.name)/requests", 1e9 / benchmark.nanoseconds(), "per-second")
    }
    // Each slot costs the same, however long its chain is.
    for kind in ChainKind.growing {
      let picoseconds = ChainBenchmark(kind).nanoseconds() * 1000
      report("xen/parse/growth/\(kind.name)", picoseconds, "ps-per-slot")
    }
  }

  private let kind: ChainKind
  private let page = RingPage(.transmit)
  private let parser: TransmitChainParser
  private let first: UInt32
  private let rounds: Int

  private init(_ kind: ChainKind) {
    self.kind = kind
    parser = TransmitChainParser(kind.policy)
    first = kind.fill(page)
    rounds = Self.slots / Int(kind.slotCount)
  }

  private func ratio() -> Double {
    let expected = subject()
    let result = Measurement.ratio(pairs: 101) {
      check(subject(), expected)
    } against: {
      check(baseline(), expected)
    }
    return result
  }

  /// How long one slot takes.
  private func nanoseconds() -> Double {
    let times = (0..<31).map { _ in Measurement.nanoseconds { _ = subject() } }
    return Measurement.median(times) / Double(rounds * Int(kind.slotCount))
  }

  private func subject() -> baseline_xen_sums {
    var sums = baseline_xen_sums()
    page.withSlots(from: first, count: kind.slotCount) { slots in
      for _ in 0..<rounds { parse(slots, &sums) }
    }
    return sums
  }

  private func parse(_ all: PublishedSlots, _ sums: inout baseline_xen_sums) {
    var slots = all
    while slots.count > 0 {
      do {
        guard let chain = try parser.parse(slots) else { return }
        sums.packets += 1
        sums.first_bytes += UInt64(chain.firstLength)
        slots = slots.dropping(chain.slotCount)
      } catch {
        sums.refusals += 1
        if error.consequence == .fatal { return }
        slots = slots.dropping(error.slotCount)
      }
    }
  }

  private func baseline() -> baseline_xen_sums {
    var policy = baseline_xen_policy()
    policy.data_slot_limit = UInt32(kind.policy.dataSlotLimit)
    policy.fatal_data_slots = kind.policy.fatalDataSlotCount.map { UInt32($0) } ?? .max
    policy.least_first_fragment = kind.policy.leastFirstFragment
    policy.fatal_short_chain = kind.policy.shortChain == .fatal ? 1 : 0
    policy.fatal_violation = kind.policy.violation == .fatal ? 1 : 0
    policy.last_known_extra = kind.policy.lastKnownExtra.rawValue
    policy.refuses_repeated_extras = kind.policy.refusesRepeatedExtras ? 1 : 0
    return unsafe baseline_xen_parse(page.ring.slot(0) - 64, first, kind.slotCount, &policy, rounds)
  }

  private func check(_ sums: baseline_xen_sums, _ expected: baseline_xen_sums) {
    let isSame =
      sums.packets == expected.packets && sums.refusals == expected.refusals
      && sums.first_bytes == expected.first_bytes
    if !isSame { fatalError("\(sums) instead of \(expected)") }
  }
}
