internal import NetBackend
internal import Netmap
internal import RingMemory
internal import SystemPackage

/// Netmap backends that lay frames out in slots wrongly.
enum RingSendingMutants {
  static let all = [
    Mutant(
      netmap: "netmap.takes-rest-for-last-length",
      breaks: "ring-send/every-length-passes",
      observed: "1 frame: 0 bytes",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        guard frame.bytes.count >= ring.bufferSize else { return try base.send(bytes: frame.bytes) }
        var cut = ring.cut(frame.bytes.count)
        cut[cut.count - 1] = frame.bytes.count % ring.bufferSize
        return try rings.send(frame.bytes, cut: cut, through: base)
      }
    ),
    Mutant(
      netmap: "netmap.begins-a-slot-for-each-element",
      breaks: "ring-send/slots-are-packed",
      observed: "slots [50 bytes flags 0x20",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let cut = frame.elements.filter { $0 > 0 }.flatMap { ring.cut($0) }
        return try rings.send(frame.bytes, cut: cut, through: base)
      }
    ),
    Mutant(
      netmap: "netmap.ends-multiples-with-an-empty-slot",
      breaks: "ring-send/exact-multiple-has-no-empty-slot",
      observed: "slots [64 bytes flags 0x20",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let isMultiple = frame.bytes.count % ring.bufferSize == 0
        let cut = ring.cut(frame.bytes.count) + (isMultiple ? [0] : [])
        return try rings.send(frame.bytes, cut: cut, through: base)
      }
    ),
    Mutant(
      netmap: "netmap.marks-the-last-slot-too",
      breaks: "ring-send/all-slots-but-the-last-have-more",
      observed: "1 byte flags 0x20",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let cut = ring.cut(frame.bytes.count)
        return try rings.send(frame.bytes, cut: cut, through: base) { (_, count) in
          count > 1 ? .moreFragments : []
        }
      }
    ),
    Mutant(
      netmap: "netmap.marks-the-first-slot-alone",
      breaks: "ring-send/all-slots-but-the-last-have-more",
      observed: "64 bytes flags 0x0",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let cut = ring.cut(frame.bytes.count)
        return try rings.send(frame.bytes, cut: cut, through: base) { (number, count) in
          number == 0 && count > 1 ? .moreFragments : []
        }
      }
    ),
    Mutant(
      netmap: "netmap.empties-the-slot-behind",
      breaks: "ring-send/only-its-own-slots-are-touched",
      observed: "changes in the slots [0, 1]",
      beforeSync: { ring in
        var slot = ring[ring.head]
        slot.length = 0
        ring[ring.head] = slot
      }
    ),
    Mutant(
      netmap: "netmap.leaves-current-behind",
      breaks: "ring-send/indices-are-behind-the-frame",
      observed: "head 1, current 0",
      port: { port in
        let before = Remembered<UInt32>(0)
        port.onTransmit = { (rings, sync) throws(Errno) in
          let ring = rings.transmit
          ring.current = before.value
          before.value = ring.head
          try sync()
        }
      }
    ),
    Mutant(
      netmap: "netmap.masks-positions",
      breaks: "ring-send/any-number-of-slots",
      observed: "head 0, current 0",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let head = ring.head
        let sent = try base.send(bytes: frame.bytes)
        let count = ring.indices.distance(from: head, to: ring.head)
        ring.publish(to: (head + count) & (ring.slotCount - 1))
        return sent
      }
    ),
    Mutant(
      netmap: "netmap.adds-to-old-flags",
      breaks: "ring-send/flags-are-written-afresh",
      observed: "flags 0x2 buffer",
      sending: { (rings, base, frame) throws(BackendError) in
        let ring = rings.transmit
        let old = (0..<ring.available).map { ring[ring.position(ring.head, plus: $0)].flags }
        let cut = ring.cut(frame.bytes.count)
        return try rings.send(frame.bytes, cut: cut, through: base) { (number, count) in
          NetmapRing.rightFlags(number, count).union(old[number])
        }
      }
    ),
    Mutant(
      netmap: "netmap.counts-buffers-itself",
      breaks: "ring-send/slot-keeps-its-buffer",
      observed: "60 bytes flags 0x0 buffer 10",
      changing: { rings in
        // The buffers as they were when the ring was opened.
        let ring = rings.transmit
        let buffers = (0..<ring.slotCount).map { ring[$0].bufferIndex }
        return TamperedBackend.Changes { changes in
          changes.send = { (base, frame) throws(BackendError) in
            let count = ring.cut(frame.bytes.count).count
            for number in 0..<min(count, ring.available) {
              let position = ring.position(ring.head, plus: number)
              ring[position].bufferIndex = buffers[Int(position)]
            }
            return try base.send(bytes: frame.bytes)
          }
        }
      }
    ),
    Mutant(
      netmap: "netmap.leaves-the-sync-to-others",
      breaks: "ring-send/each-send-is-synced",
      observed: "no calls",
      port: { port in port.onTransmit = { (_, _) throws(Errno) in } }
    ),
  ]
}

extension MutantRings {
  /// Sends a frame in slots of these lengths; without room the right backend is left to find it out.
  func send(
    _ bytes: [UInt8],
    cut lengths: [Int],
    through base: any NetBackend,
    flags: (Int, Int) -> NetmapSlotFlags = NetmapRing.rightFlags
  ) throws(BackendError) -> Int? {
    let ring = transmit
    guard lengths.count <= ring.available, !bytes.isEmpty else {
      return try base.send(bytes: bytes)
    }
    ring.publish(to: ring.put(bytes, cut: lengths, flags: flags))
    try? syncTransmit()
    return bytes.count
  }
}
