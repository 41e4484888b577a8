internal import NetBackend
internal import Netmap
internal import RingMemory
internal import SystemPackage

/// Netmap backends that are misled by slots that are unfinished, empty, strange or wrong.
enum RingOddSlotMutants {
  static let all = [
    Mutant(
      netmap: "netmap.counts-unfinished-chains",
      breaks: "ring-receive/unfinished-chain-is-no-frame",
      observed: "64 bytes, no error",
      peeking: { (ring, base) throws(BackendError) in
        if let length = try base.peekLength() { return length }
        let sum = ring.firstChain.reduce(0) { $0 + Int($1.length) }
        return sum > 0 ? sum : nil
      }
    ),
    Mutant(
      netmap: "netmap.spins-over-half-a-frame",
      breaks: "ring-receive/unfinished-chain-does-not-spin",
      observed: "10 callbacks",
      port: { port in
        port.onReceive = { (rings, sync) throws(Errno) in
          try sync()
          // Waiting is begun where the chain begins.
          rings.receive.current = rings.receive.head
        }
      },
      changing: { rings in
        TamperedBackend.Changes { changes in
          changes.peek = { (base) throws(BackendError) in
            defer { rings.receive.current = rings.receive.head }
            return try base.peekLength()
          }
        }
      }
    ),
    Mutant(
      netmap: "netmap.waits-for-the-end-of-a-chain",
      breaks: "ring-receive/endless-chain-does-not-wedge",
      observed: "nothing",
      port: { port in
        port.onReceive = { (rings, sync) throws(Errno) in
          try sync()
          let ring = rings.receive
          let isFull = ring.available == Int(ring.slotCount) - 1
          if isFull, ring.waiting.allSatisfy({ $0.hasMore }) { ring.tail = ring.head }
        }
      }
    ),
    Mutant(
      netmap: "netmap.stalls-behind-empty-slots",
      breaks: "ring-receive/empty-slots-are-passed-over",
      observed: "nothing",
      changing: { rings in
        TamperedBackend.Changes { changes in
          changes.take = { (base, room) throws(BackendError) in
            try? rings.syncReceive()
            let first = rings.receive.firstChain.first
            if let first, !first.hasMore, first.length == 0 { return nil }
            return try base.takeFrame(room: min(room, 70_000))
          }
        }
      }
    ),
    Mutant(
      netmap: "netmap.ends-chains-at-empty-slots",
      breaks: "ring-receive/empty-slot-in-a-chain-is-part-of-it",
      observed: "0 bytes, no error",
      peeking: { (ring, base) throws(BackendError) in
        guard try base.peekLength() != nil else { return nil }
        return ring.firstChain.prefix { $0.length > 0 }.reduce(0) { $0 + Int($1.length) }
      }
    ),
    Mutant(
      netmap: "netmap.trusts-lengths",
      breaks: "ring-receive/overlong-slot-is-not-followed",
      observed: "105 bytes, no error",
      peekingAtOnce: { ring in ring.firstChain.reduce(0) { $0 + Int($1.length) } }
    ),
    Mutant(
      netmap: "netmap.trusts-buffers",
      breaks: "ring-receive/impossible-buffer-is-not-read",
      observed: "20 bytes, no error",
      peekingAtOnce: { ring in ring.firstChain.reduce(0) { $0 + Int($1.length) } }
    ),
    Mutant(
      netmap: "netmap.compares-whole-flags",
      breaks: "ring-receive/fragment-count-is-no-flag",
      observed: "20 bytes, no error",
      peekingAtOnce: { ring in
        let slots = ring.waiting
        let last = slots.firstIndex { $0.flags != .moreFragments } ?? slots.count - 1
        return slots.prefix(last + 1).reduce(0) { $0 + Int($1.length) }
      }
    ),
    Mutant(
      netmap: "netmap.drops-unknown-flags",
      breaks: "ring-receive/unknown-flags-are-ignored",
      observed: "byte 14: e4 expected",
      taking: { (ring, base, room) throws(BackendError) in
        guard try base.peekLength() != nil else { return nil }
        let isPlain = ring[ring.head].flags.subtracting(.moreFragments).rawValue & 0xFF == 0
        if !isPlain { _ = try base.discard() }
        return try base.takeFrame(room: room)
      }
    ),
  ]
}

extension Mutant {
  /// A netmap backend whose peek looks at the slots that have arrived, and not twice.
  fileprivate init(
    netmap name: String,
    breaks: String,
    observed: String,
    peekingAtOnce length: @escaping @Sendable (NetmapRing) -> Int
  ) {
    let change = { @Sendable (rings: MutantRings) in
      TamperedBackend.Changes {
        $0.peek = { (base) throws(BackendError) in
          try? rings.syncReceive()
          return rings.receive.available > 0 ? length(rings.receive) : nil
        }
      }
    }
    self.init(netmap: name, breaks: breaks, observed: observed, changing: change)
  }
}
