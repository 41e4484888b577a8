internal import NetBackend
internal import Netmap
internal import RingMemory
internal import SystemPackage

/// Netmap backends that go wrong when their ring has not enough room.
enum RingSendingRoomMutants {
  static let all = room + syncs

  private static let room = [
    Mutant(
      netmap: "netmap.publishes-what-fits",
      breaks: "ring-send/refused-frame-leaves-no-trace",
      observed: "head 2, current 2",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let cut = ring.cut(frame.bytes.count)
        guard ring.available > 0, cut.count > ring.available else {
          return try base.send(bytes: frame.bytes)
        }
        ring.publish(to: ring.put(frame.bytes, cut: Array(cut.prefix(ring.available))))
        return nil
      }
    ),
    Mutant(
      netmap: "netmap.leaves-flags-of-a-refused-frame",
      breaks: "ring-send/frame-after-a-refused-one-is-clean",
      observed: "60 bytes flags 0x20",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let cut = ring.cut(frame.bytes.count)
        guard cut.count > ring.available else {
          let old = (0..<cut.count).map { ring[ring.position(ring.head, plus: $0)].flags }
          return try rings.send(frame.bytes, cut: cut, through: base) { (number, count) in
            NetmapRing.rightFlags(number, count).union(old[number])
          }
        }
        ring.put(frame.bytes, cut: Array(cut.prefix(ring.available))) { (_, _) in .moreFragments }
        return nil
      }
    ),
    Mutant(
      netmap: "netmap.drops-before-it-syncs",
      breaks: "ring-send/full-ring-is-synced-first",
      observed: "nothing",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        guard ring.cut(frame.bytes.count).count > ring.available else {
          return try base.send(bytes: frame.bytes)
        }
        try? rings.syncTransmit()
        return nil
      }
    ),
    Mutant(
      netmap: "netmap.waits-at-the-head",
      breaks: "ring-send/waits-at-the-tail",
      observed: "head 1, current 1",
      sending: { (rings, base, frame) throws(BackendError) in
        let sent = try base.send(bytes: frame.bytes)
        rings.transmit.current = rings.transmit.head
        return sent
      }
    ),
    Mutant(
      netmap: "netmap.moves-current-on",
      breaks: "ring-send/current-comes-back",
      observed: "head 2, current 0",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let (head, current) = (ring.head, ring.current)
        let sent = try base.send(bytes: frame.bytes)
        let count = ring.indices.distance(from: head, to: ring.head)
        if current != head { ring.current = ring.indices.advance(current, by: count) }
        return sent
      }
    ),
    Mutant(
      netmap: "netmap.says-too-long-is-no-room",
      breaks: "ring-send/frame-that-never-fits-is-an-error",
      observed: "nothing",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let slots = ring.cut(frame.bytes.count).count
        return slots >= Int(ring.slotCount) ? nil : try base.send(bytes: frame.bytes)
      }
    ),
    Mutant(
      netmap: "netmap.makes-longer-chains",
      breaks: "ring-send/at-most-64-slots",
      observed: "4097 bytes, no error",
      sending: { (rings, base, frame) throws(BackendError) in
        let cut = rings.transmit.cut(frame.bytes.count)
        return try rings.send(frame.bytes, cut: cut, through: base)
      }
    ),
    Mutant(
      netmap: "netmap.writes-over-what-waits",
      breaks: "ring-send/slow-device-loses-nothing",
      observed: "60 bytes, no error",
      sending: { (rings, base, frame) throws(BackendError) in
        if let sent = try base.send(bytes: frame.bytes) { return sent }
        // The newest of those that wait makes room.
        let ring = rings.transmit
        ring.write(frame.bytes[...], at: ring.position(ring.head, plus: -1), [])
        return frame.bytes.count
      }
    ),
  ]

  private static let syncs = [
    Mutant(
      netmap: "netmap.ignores-sync-errors",
      breaks: "ring-send/failing-sync-is-reported",
      observed: "60 bytes, no error",
      port: { port in port.onTransmit = { (_, sync) throws(Errno) in try? sync() } }
    ),
    Mutant(
      netmap: "netmap.leaves-unsynced-frames",
      breaks: "ring-send/unsynced-frame-is-taken-back",
      observed: "head 2, current 2",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let head = ring.head
        do throws(BackendError) { return try base.send(bytes: frame.bytes) } catch {
          let count = ring.cut(frame.bytes.count).count
          ring.publish(to: ring.position(head, plus: count))
          throw error
        }
      }
    ),
  ]
}
