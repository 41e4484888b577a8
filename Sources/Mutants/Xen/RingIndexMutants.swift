internal import RingMemory
internal import SystemPackage
internal import XenNetif

/// Netbacks that count the slots of a ring wrongly.
enum RingIndexMutants {
  static let all = [
    Mutant(
      xen: "xen.takes-the-ring-for-half-as-long",
      breaks: "xen-ring/slots-lie-where-they-are-counted",
      observed: "response 128 of the transmit ring has the identifier 12",
      finding: { ring in
        ring.changeRequests { index, request in
          if index & 0x80 != 0 { request = ring.value(at: index & 0x7F) }
        }
      }
    ),
    Mutant(
      xen: "xen.stops-where-indices-wrap",
      breaks: "xen-ring/indices-run-free",
      observed: "nothing",
      finding: { ring in
        let answered = ring.responseProducer.load()
        if ring.requestProducer.load() < answered { ring.requestProducer.store(answered) }
      }
    ),
    Mutant(
      xen: "xen.makes-the-ring-empty-at-attach",
      breaks: "xen-ring/attaches-where-the-frontend-is",
      observed: "byte 66 of the transmit ring's page was 204 and is 255",
      port: { port in
        port.onMap = { base, grant, domain throws(GrantStatus) in
          let memory = try base.map(grant, of: domain)
          SharedRing(memory, .transmit).responseProducer.store(0)
          return memory
        }
      }
    ),
    Mutant(
      xen: "xen.attaches-to-any-indices",
      breaks: "xen-ring/too-many-at-connect-are-refused",
      observed: "2 pages, 1 channel",
      port: { port in
        port.onMap = { base, grant, domain throws(GrantStatus) in
          let memory = try base.map(grant, of: domain)
          let ring = SharedRing(memory, .transmit)
          let claimed = ring.requestProducer.load() &- ring.responseProducer.load()
          guard claimed > 256, let other = try? SharedMemory(count: memory.count) else {
            return memory
          }
          SharedRing(other, .transmit).initialise(at: ring.responseProducer.load())
          return other
        }
      }
    ),
    Mutant(
      xen: "xen.takes-a-ringful-of-too-many",
      breaks: "xen-ring/too-many-requests-are-none",
      observed: "60 bytes",
      finding: { ring in
        let answered = ring.responseProducer.load()
        let claimed = ring.requestProducer.load() &- answered
        if claimed > 256 { ring.requestProducer.store(answered &+ 1) }
      }
    ),
  ]
}
