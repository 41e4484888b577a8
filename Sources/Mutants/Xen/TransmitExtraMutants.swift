internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that take the extras of a packet wrongly, or its end.
enum TransmitExtraMutants {
  static let all = extras + ends

  private static let extras = [
    Mutant(
      xen: "xen.takes-extras-for-pieces",
      breaks: "transmit/extras-follow-the-first-request",
      observed: "response 1 of the transmit ring has the identifier 0 and status 0",
      requests: { request in
        guard request.id == 69 else { return }
        request.flags.remove(.extraInfo)
        request.flags.insert(.moreData)
      }
    ),
    Mutant(
      xen: "xen.ends-packets-with-their-extras",
      breaks: "transmit/extras-follow-the-first-request",
      observed: "154 bytes, no error; byte 50",
      requests: { request in
        if request.id == 69 { request.flags.remove(.moreData) }
      }
    ),
    Mutant(
      xen: "xen.has-room-for-one-extra",
      breaks: "transmit/extras-are-chained",
      observed: "response 2 of the transmit ring has the identifier 0 and status -1",
      finding: { ring in
        let first = ring.unanswered.first
        let hasExtras = ring.requests.first?.flags.contains(.extraInfo) ?? false
        ring.changeExtras { index, extra in
          if hasExtras, index == first.map({ $0 &+ 1 }) { extra.flags = 0 }
        }
      }
    ),
    Mutant(
      xen: "xen.takes-any-flag-of-an-extra-for-more",
      breaks: "transmit/rest-of-extra-flags-means-nothing",
      observed: "response 2 of the transmit ring has",
      finding: { ring in
        let hasExtras = ring.requests.first?.flags.contains(.extraInfo) ?? false
        let second = ring.unanswered.dropFirst().first
        ring.changeExtras { index, extra in
          if hasExtras, index == second, extra.flags > 1 { extra.flags = 1 }
        }
      }
    ),
    Mutant(
      xen: "xen.keeps-the-first-of-two-extras",
      breaks: "transmit/repeated-extra-counts-once",
      observed: "104 bytes, no error",
      policy: { $0.chain.refusesRepeatedExtras = false },
      finding: { ring in
        var hasOne = false
        ring.changeExtras { _, extra in
          guard extra.type == .segmentation, extra.payload.bytes[2] == 1 else { return }
          if hasOne { extra.type = .hash }
          hasOne = true
        }
      }
    ),
    Mutant(
      xen: "xen.knows-every-extra",
      breaks: "transmit/unknown-extra-is-refused",
      observed: "100 bytes, no error",
      policy: { $0.chain.lastKnownExtra = ExtraType(rawValue: 0xFF) }
    ),
    Mutant(
      xen: "xen.passes-over-extras-of-type-0",
      breaks: "transmit/unknown-extra-is-refused",
      observed: "100 bytes, no error",
      finding: { ring in
        let first = ring.unanswered.first
        ring.changeExtras { index, extra in
          if index != first, extra.type == .none { extra.type = .hash }
        }
      }
    ),
    Mutant(
      xen: "xen.begins-to-read-behind-headroom",
      breaks: "transmit/headroom-extra-moves-nothing",
      observed: "100 bytes, no error; byte 0",
      policy: { $0.chain.lastKnownExtra = .headroom },
      finding: { ring in
        var headroom: UInt16 = 0
        ring.changeExtras { _, extra in
          if extra.type == .headroom { headroom = HeadroomExtra(extra.payload).headroom }
        }
        ring.changeRequests { _, request in
          if request.flags.contains(.extraInfo), request.size == 100 { request.offset = headroom }
        }
      }
    ),
  ]

  private static let ends = [
    Mutant(
      xen: "xen.takes-what-is-there-for-the-packet",
      breaks: "transmit/unfinished-packet-is-not-delivered",
      observed: "150 bytes, no error",
      finding: { ring in
        let last = ring.unanswered.last
        ring.changeRequests { index, request in
          if index == last { request.flags.remove(.moreData) }
        }
      }
    ),
    Mutant(
      xen: "xen.reads-slots-that-are-not-shown",
      breaks: "transmit/unfinished-packet-is-not-delivered",
      observed: "has 1 requests without response, and its response producer went from 0 to 2",
      finding: { ring in
        guard let last = ring.requests.last else { return }
        guard last.flags.contains(.moreData) else { return }
        ring.requestProducer.store(ring.requestProducer.load() &+ 1)
      }
    ),
    Mutant(
      xen: "xen.begins-anew-where-it-waited",
      breaks: "transmit/unfinished-packet-may-be-finished",
      observed: "150 bytes, no error",
      policy: { $0.chain.shortChain = .wait },
      finding: { ring in
        let count = ring.unanswered.count
        ring.changeRequests { _, request in
          if count > 1, request.size == 150 { request.flags.remove(.moreData) }
        }
      }
    ),
    Mutant(
      xen: "xen.drops-packets-before-an-unfinished-one",
      breaks: "transmit/packets-before-an-unfinished-one-pass",
      observed: "nothing",
      finding: { ring in
        let isUnfinished = ring.requests.last?.flags.contains(.moreData) ?? false
        ring.changeRequests { _, request in
          if isUnfinished, !request.flags.contains(.moreData) { request.size = 0 }
        }
      }
    ),
  ]
}
