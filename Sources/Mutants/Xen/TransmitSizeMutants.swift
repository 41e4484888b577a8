internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that take the number of a packet's slots wrongly, or their lengths and places.
enum TransmitSizeMutants {
  static let all = counts + sizes + places

  private static let counts = [
    Mutant(
      xen: "xen.takes-seventeen-slots",
      breaks: "transmit/eighteen-slots-pass",
      observed: "nothing",
      policy: { $0.chain.dataSlotLimit = 17 }
    ),
    Mutant(
      xen: "xen.counts-extras-as-slots",
      breaks: "transmit/eighteen-slots-pass",
      observed: "nothing",
      finding: { ring in
        let requests = ring.requests
        guard requests.count > 18, requests[0].flags.contains(.extraInfo) else { return }
        let first = ring.unanswered.first
        ring.changeRequests { index, request in
          if index == first { request.size = 0 }
        }
      }
    ),
    Mutant(
      xen: "xen.loses-the-nineteenth-slot",
      breaks: "transmit/nineteenth-slot-passes-or-is-refused",
      observed: "1140 bytes, no error; byte 60",
      policy: { $0.chain.dataSlotLimit = 19 },
      requests: { request in if request.id == 118 { request.size = 0 } }
    ),
    Mutant(
      xen: "xen.takes-twenty-one-slots",
      breaks: "transmit/too-many-slots-are-errors",
      observed: "1200 bytes, no error",
      policy: { $0.chain.dataSlotLimit = 21 }
    ),
    Mutant(
      xen: "xen.takes-forty-slots",
      breaks: "transmit/far-too-many-slots-are-refused",
      observed: "1320 bytes, no error",
      policy: { $0.chain.dataSlotLimit = 40 }
    ),
    Mutant(
      xen: "xen.has-no-limit-of-slots",
      breaks: "transmit/packet-of-the-whole-ring-ends",
      observed: "1000 bytes, no error",
      policy: { $0.chain.dataSlotLimit = 256 }
    ),
  ]

  private static let sizes = [
    Mutant(
      xen: "xen.pads-to-sixty-bytes",
      breaks: "transmit/runts-pass-unpadded",
      observed: "noSpace(required: 60)",
      requests: { request in request.size = max(60, request.size) }
    ),
    Mutant(
      xen: "xen.loses-the-last-of-65535-bytes",
      breaks: "transmit/longest-frame-passes",
      observed: "65534 bytes, no error",
      requests: { request in request.size = min(65_534, request.size) }
    ),
    Mutant(
      xen: "xen.takes-empty-first-pieces",
      breaks: "transmit/empty-first-piece-is-refused",
      observed: "0 bytes, no error",
      policy: { $0.chain.leastFirstFragment = 0 }
    ),
    Mutant(
      xen: "xen.takes-first-pieces-of-seven-bytes",
      breaks: "transmit/short-first-piece-is-refused",
      observed: "first piece 1",
      policy: { $0.chain.leastFirstFragment = 7 }
    ),
    Mutant(
      xen: "xen.takes-what-does-not-fit-for-the-longest",
      breaks: "transmit/overlong-frame-is-refused",
      observed: "65535 bytes, no error",
      finding: { ring in
        let pieces = ring.requests.dropFirst().map { Int($0.size) }
        ring.changeRequests { _, request in
          let isFirst = request.flags.contains(.moreData) && request.id == 1
          if isFirst, Int(request.size) < pieces.reduce(0, +) { request.size = 65_535 }
        }
      }
    ),
  ]

  private static let places = [
    Mutant(
      xen: "xen.takes-the-last-byte-of-a-page-for-the-next",
      breaks: "transmit/piece-may-end-with-its-page",
      observed: "nothing",
      requests: { request in
        if Int(request.offset) + Int(request.size) == 4096 { request.offset += 1 }
      }
    ),
    Mutant(
      xen: "xen.measures-first-pieces-by-the-total",
      breaks: "transmit/piece-may-end-with-its-page",
      observed: "nothing",
      requests: { request in
        let end = Int(request.offset) + Int(request.size)
        if request.flags.contains(.moreData), end > 4096 { request.offset = 4096 }
      }
    ),
    Mutant(
      xen: "xen.adds-offset-and-length-in-16-bits",
      breaks: "transmit/piece-beyond-its-page-is-refused",
      observed: "4096 bytes, no error",
      requests: { request in
        let end = request.offset &+ request.size
        if Int(request.offset) + Int(request.size) > 65_535, end <= 4096 { request.offset = 0 }
      }
    ),
    Mutant(
      xen: "xen.checks-the-first-page-alone",
      breaks: "transmit/piece-beyond-its-page-is-refused",
      observed: "4100 bytes, no error",
      requests: { request in
        if request.id > 1, request.size <= 4096 {
          request.offset = min(request.offset, 4096 - request.size)
        }
      }
    ),
    Mutant(
      xen: "xen.reads-where-nothing-is-to-be-read",
      breaks: "transmit/empty-piece-behind-its-page-is-harmless",
      observed: "responses [id 1 status 0, id 2 status -1]",
      requests: { request in
        guard request.offset == 4096 else { return }
        request = TransmitRequest(
          grant: GrantReference(rawValue: 0),
          flags: request.flags,
          id: request.id,
          size: 1
        )
      }
    ),
  ]
}
