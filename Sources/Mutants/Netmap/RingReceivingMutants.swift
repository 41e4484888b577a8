internal import NetBackend
internal import Netmap
internal import RingMemory
internal import SystemPackage

/// Netmap backends that read rings wrongly, or give slots back wrongly.
enum RingReceivingMutants {
  static let all = [
    Mutant(
      netmap: "netmap.gives-one-slot-back",
      breaks: "ring-receive/chain-is-received-whole",
      observed: "head 1, current 1",
      taking: { (ring, base, room) throws(BackendError) in
        let head = ring.head
        guard let frame = try base.takeFrame(room: room) else { return nil }
        ring.publish(to: ring.indices.next(head))
        return frame
      }
    ),
    Mutant(
      netmap: "netmap.reads-behind-the-tail",
      breaks: "ring-receive/only-arrived-slots-are-read",
      observed: "60 bytes, no error",
      peeking: { (ring, base) throws(BackendError) in
        if let length = try base.peekLength() { return length }
        let slot = ring[ring.head]
        return slot.length > 0 ? Int(slot.length) : nil
      }
    ),
    Mutant(
      netmap: "netmap.looks-with-current",
      breaks: "ring-receive/peek-changes-nothing",
      observed: "changes in current",
      peeking: { (ring, base) throws(BackendError) in
        let length = try base.peekLength()
        if length != nil { ring.current = ring.indices.next(ring.current) }
        return length
      }
    ),
    Mutant(
      netmap: "netmap.gives-back-what-it-copied",
      breaks: "ring-receive/refused-frame-stays-or-goes-whole",
      observed: "head 1, current 1",
      taking: { (ring, base, room) throws(BackendError) in
        do throws(BackendError) { return try base.takeFrame(room: room) } catch {
          let chain = ring.firstChain
          if chain.count > 1 { ring.publish(to: ring.indices.next(ring.head)) }
          throw error
        }
      }
    ),
    Mutant(
      netmap: "netmap.masks-positions-it-reads",
      breaks: "ring-receive/any-number-of-slots",
      observed: "head 0, current 0",
      taking: { (ring, base, room) throws(BackendError) in
        let head = ring.head
        guard let frame = try base.takeFrame(room: room) else { return nil }
        let count = ring.indices.distance(from: head, to: ring.head)
        ring.publish(to: (head + count) & (ring.slotCount - 1))
        return frame
      }
    ),
    Mutant(
      netmap: "netmap.keeps-the-last-slot",
      breaks: "ring-receive/slots-go-back-soon",
      observed: "head 0, current 1",
      changing: { rings in
        let isBehind = Remembered(false)
        return TamperedBackend.Changes { changes in
          changes.take = { (base, room) throws(BackendError) in
            let ring = rings.receive
            if isBehind.value { ring.head = ring.current }
            isBehind.value = false
            guard let frame = try base.takeFrame(room: min(room, 70_000)) else { return nil }
            ring.head = ring.position(ring.head, plus: -1)
            isBehind.value = true
            return frame
          }
        }
      }
    ),
    Mutant(
      netmap: "netmap.discards-into-a-buffer",
      breaks: "ring-receive/any-chain-is-discarded",
      observed: "noSpace(required: 67584)",
      discarding: { (_, base) throws(BackendError) in try base.takeFrame(room: 65_600)?.count }
    ),
    Mutant(
      netmap: "netmap.serves-the-first-ring",
      breaks: "ring-receive/every-ring-is-served",
      observed: "nothing",
      taking: { (ring, base, room) throws(BackendError) in
        let head = ring.head
        let frame = try base.takeFrame(room: room)
        return head == ring.head ? nil : frame
      }
    ),
    Mutant(
      netmap: "netmap.takes-failed-syncs-for-nothing",
      breaks: "ring-receive/failing-sync-is-reported",
      observed: "nothing",
      port: { port in port.onReceive = { (_, sync) throws(Errno) in try? sync() } }
    ),
  ]
}

extension Mutant {
  /// A netmap backend that peeks in a way of its own; it is given the ring and the right backend.
  init(
    netmap name: String,
    breaks: String,
    observed: String,
    peeking peek: @escaping @Sendable (NetmapRing, any NetBackend) throws(BackendError) -> Int?
  ) {
    let change = { @Sendable (rings: MutantRings) in
      TamperedBackend.Changes {
        $0.peek = { (base) throws(BackendError) in try peek(rings.receive, base) }
      }
    }
    self.init(netmap: name, breaks: breaks, observed: observed, changing: change)
  }

  /// A netmap backend that discards in a way of its own.
  init(
    netmap name: String,
    breaks: String,
    observed: String,
    discarding discard:
      @escaping @Sendable (NetmapRing, any NetBackend) throws(BackendError) -> Int?
  ) {
    let change = { @Sendable (rings: MutantRings) in
      TamperedBackend.Changes {
        $0.discard = { (base) throws(BackendError) in try discard(rings.receive, base) }
      }
    }
    self.init(netmap: name, breaks: breaks, observed: observed, changing: change)
  }

  /// A netmap backend that receives in a way of its own; it is given the room in bytes as well.
  init(
    netmap name: String,
    breaks: String,
    observed: String,
    taking take:
      @escaping @Sendable (NetmapRing, any NetBackend, Int) throws(BackendError) -> [UInt8]?
  ) {
    let change = { @Sendable (rings: MutantRings) in
      TamperedBackend.Changes {
        $0.take = { (base, room) throws(BackendError) in
          try take(rings.receive, base, min(room, 70_000))
        }
      }
    }
    self.init(netmap: name, breaks: breaks, observed: observed, changing: change)
  }
}
