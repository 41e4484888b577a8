internal import NetBackend
internal import XenNetif

/// Netbacks that take the slots of a packet wrongly.
enum TransmitChainMutants {
  static let all = [
    Mutant(
      xen: "xen.reads-at-the-page's-beginning",
      breaks: "transmit/lone-request-is-a-frame",
      observed: "60 bytes",
      port: { port in
        port.onPass = { rings in rings.transmit?.changeRequests { $1.offset = 0 } }
      }
    ),
    Mutant(
      xen: "xen.takes-the-first-size-for-its-piece",
      breaks: "transmit/first-size-is-the-total",
      observed: "noSpace(required: 140)",
      port: { port in
        port.onPass = { rings in
          let behind = rings.transmit.map { ring in
            ring.unanswered.dropFirst().map { ring.value(at: $0, as: TransmitRequest.self).size }
          }
          let sum = behind?.reduce(0, &+) ?? 0
          rings.transmit?.changeRequests { index, request in
            if request.id == 16 { request.size &+= sum }
          }
        }
      }
    ),
    Mutant(
      xen: "xen.goes-below-zero",
      breaks: "transmit/long-continuation-is-refused",
      observed: "100 bytes, no error",
      port: { port in
        port.onPass = { rings in
          rings.transmit?.changeRequests { _, request in
            if request.id == 2, request.size > 100 { request.size = 40 }
          }
        }
      }
    ),
  ]
}
