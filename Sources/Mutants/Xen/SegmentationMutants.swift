internal import BackendConformance
internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that cut packets wrongly, or those that they should not.
enum SegmentationMutants {
  static let all = cutting + refusals + hashes

  private static let cutting = [
    Mutant(
      xen: "xen.counts-headers-into-segments",
      breaks: "offload/packet-is-cut-into-right-segments",
      observed: "1448 bytes, no error",
      cutting: { _, extra in if extra.size > 54 { extra.size -= 54 } }
    ),
    Mutant(
      xen: "xen.keeps-the-identifier",
      breaks: "offload/packet-is-cut-into-right-segments",
      observed: "byte 19",
      delivering: { frame in
        guard frame.count > 19, frame[12...13] == [8, 0] else { return }
        frame.replaceSubrange(18...19, with: [0x12, 0x34])
      }
    ),
    Mutant(
      xen: "xen.refuses-segments-longer-than-packets",
      breaks: "offload/short-packet-to-be-cut-is-one-frame",
      observed: "nothing",
      cutting: { requests, extra in if extra.size > requests[0].size { extra.type = .none } }
    ),
    Mutant(
      xen: "xen.looks-for-headers-in-the-first-piece",
      breaks: "offload/split-headers-are-gathered",
      observed: "nothing",
      cutting: { requests, extra in
        let others = requests.dropFirst().reduce(0) { $0 + Int($1.size) }
        if Int(requests[0].size) - others < 54 { extra.type = .none }
      }
    ),
    Mutant(
      xen: "xen.forgets-the-kind-of-segments",
      breaks: "offload/packet-to-be-cut-is-told-in-the-header",
      observed: "3064 bytes",
      delivering: { $0[1] = 0 }
    ),
    Mutant(
      xen: "xen.wants-the-blank-bit-for-segments",
      breaks: "offload/packet-to-be-cut-needs-no-blank-bit",
      observed: "nothing",
      cutting: { requests, extra in
        if !requests[0].flags.contains(.checksumBlank) { extra.type = .none }
      }
    ),
    Mutant(
      xen: "xen.cuts-only-for-those-who-take-segments",
      breaks: "offload/packet-to-be-cut-needs-no-key",
      observed: "nothing",
      cutting: { _, extra in extra.type = .none }
    ),
  ]

  private static let refusals = [
    Mutant(
      xen: "xen.makes-a-size-up",
      breaks: "offload/impossible-segmentation-is-refused",
      observed: "154 bytes",
      cutting: { _, extra in if extra.size == 0 { extra.size = 1448 } }
    ),
    Mutant(
      xen: "xen.takes-unknown-kinds",
      breaks: "offload/impossible-segmentation-is-refused",
      observed: "154 bytes",
      cutting: { _, extra in if extra.type != .tcp6 { extra.type = .tcp4 } }
    ),
    Mutant(
      xen: "xen.chooses-the-kind-itself",
      breaks: "offload/segmentation-of-another-kind-is-lost-or-told",
      observed: "3066 bytes",
      cutting: { _, extra in if extra.type == .tcp6 { extra.type = .tcp4 } }
    ),
    Mutant(
      xen: "xen.announces-what-it-cannot-cut",
      breaks: "offload/segmentation-of-other-frames-is-lost",
      observed: "60 bytes",
      changing: { rings in
        TamperedBackend.Changes {
          $0.peek = { base throws(BackendError) in
            if let length = try base.peekLength() { return length }
            guard let ring = rings.transmit else { return nil }
            // The last packet had an extra.
            let last: TransmitResponse = ring.value(at: ring.responseProducer.load() &- 1)
            return last.status == .null ? 60 : nil
          }
        }
      }
    ),
    Mutant(
      xen: "xen.checks-reserved-bits",
      breaks: "offload/reserved-bits-of-segmentation-are-ignored",
      observed: "nothing",
      cutting: { _, extra in if extra.features != 0 { extra.type = .none } }
    ),
  ]

  private static let hashes = [
    Mutant(
      xen: "xen.tells-hashes-highest-byte-first",
      breaks: "offload/hash-is-told-exactly",
      observed: "type 4 010151ccc178",
      sending: { (rings, base, frame) throws(BackendError) in
        let length = try base.send(bytes: frame)
        for queue in 0..<2 {
          guard let ring = rings.ring("queue-\(queue)/rx-ring-ref", .receive) else { continue }
          let index = ring.responseProducer.load() &- 1
          var extra: ExtraInfo = ring.value(at: index)
          guard extra.type == .hash else { continue }
          let (kind, value) = (extra.payload.word & 0xFFFF, UInt32(extra.payload.word >> 16))
          extra.payload = ExtraPayload(word: kind | UInt64(value.byteSwapped) << 16)
          ring.setValue(extra, at: index)
        }
        return length
      }
    ),
    Mutant(
      xen: "xen.hashes-all-kinds",
      breaks: "offload/hash-is-told-only-if-asked-for",
      observed: "type 4",
      on: .control,
      finding: ControlMutants.asking(.setHashFlags) { _, request in request.data0 = 15 }
    ),
    Mutant(
      xen: "xen.takes-the-hash-for-an-index",
      breaks: "offload/transmitted-hash-changes-nothing",
      observed: "100 bytes",
      finding: { ring in
        ring.changeRequests { index, request in
          guard request.flags.contains(.extraInfo) else { return }
          let extra: ExtraInfo = ring.value(at: index &+ 1)
          request.offset = UInt16(truncatingIfNeeded: extra.payload.word >> 16) % 64
        }
      }
    ),
  ]
}
