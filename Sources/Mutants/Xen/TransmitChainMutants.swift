internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that take the slots of a packet wrongly.
enum TransmitChainMutants {
  static let all = [
    Mutant(
      xen: "xen.reads-at-the-page's-beginning",
      breaks: "transmit/lone-request-is-a-frame",
      observed: "60 bytes",
      requests: { $0.offset = 0 }
    ),
    Mutant(
      xen: "xen.takes-the-first-size-for-its-piece",
      breaks: "transmit/first-size-is-the-total",
      observed: "noSpace(required: 140)",
      finding: { ring in
        let sum = ring.requests.dropFirst().reduce(0) { $0 &+ $1.size }
        ring.changeRequests { _, request in if request.id == 16 { request.size &+= sum } }
      }
    ),
    Mutant(
      xen: "xen.ends-packets-with-their-second-slot",
      breaks: "transmit/more-data-decides",
      observed: "60 bytes, no error; byte 40",
      finding: { ring in
        var isBehind = false
        ring.changeRequests { _, request in
          if isBehind { request.flags.remove(.moreData) }
          isBehind = request.flags.contains(.moreData)
        }
      }
    ),
    Mutant(
      xen: "xen.joins-the-flags-of-all-slots",
      breaks: "transmit/later-checksum-flags-mean-nothing",
      observed: "154 bytes, no error; byte 50",
      finding: { ring in
        let all = ring.requests.reduce(into: TransmitFlags()) {
          $0.formUnion($1.flags.intersection([.checksumBlank, .dataValidated]))
        }
        ring.changeRequests { _, request in request.flags.formUnion(all) }
      }
    ),
    Mutant(
      xen: "xen.takes-what-follows-a-piece-for-an-extra",
      breaks: "transmit/extras-belong-to-first-requests",
      observed: "response 1 of the transmit ring has",
      finding: { ring in
        let requests = ring.requests
        guard requests.count > 2, requests[1].flags.contains(.extraInfo) else { return }
        var order = requests
        order[0].flags.insert(.extraInfo)
        order.swapAt(1, 2)
        var next = 0
        ring.changeRequests { _, request in
          request = order[next]
          next += 1
        }
      }
    ),
    Mutant(
      xen: "xen.refuses-flags-without-a-name",
      breaks: "transmit/unknown-flags-mean-nothing",
      observed: "nothing",
      requests: { request in
        if request.flags.rawValue > 0xF { request.size = 0 }
      }
    ),
    Mutant(
      xen: "xen.reads-a-byte-of-empty-pieces",
      breaks: "transmit/empty-piece-is-answered",
      observed: "nothing",
      requests: { request in if request.size == 0 { request.size = 1 } }
    ),
    Mutant(
      xen: "xen.takes-a-page-once-at-a-time",
      breaks: "transmit/grants-may-repeat",
      observed: "nothing",
      finding: { ring in
        var seen: Set<GrantReference> = []
        ring.changeRequests { _, request in
          if !seen.insert(request.grant).inserted { request.grant = GrantReference(rawValue: 0) }
        }
      }
    ),
    Mutant(
      xen: "xen.reads-on-behind-the-last-slot",
      breaks: "transmit/chain-crosses-the-end-of-the-ring",
      observed: "response 256 of the transmit ring has",
      finding: { ring in
        guard let first = ring.unanswered.first else { return }
        ring.changeRequests { index, request in
          guard index & 0xFF < first & 0xFF else { return }
          request = TransmitRequest(grant: GrantReference(rawValue: 0), id: 0, size: 0)
        }
      }
    ),
    Mutant(
      xen: "xen.compares-indices-by-size",
      breaks: "transmit/indices-wrap",
      observed: "nothing",
      finding: { ring in
        let answered = ring.responseProducer.load()
        if ring.requestProducer.load() < answered { ring.requestProducer.store(answered) }
      }
    ),
  ]
}
