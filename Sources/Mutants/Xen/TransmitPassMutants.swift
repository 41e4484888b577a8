internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that read slots wrongly, deliver what is in them so, or keep the wrong lists and clocks.
enum TransmitPassMutants {
  static let all = reading + order + groups

  private static let reading = [
    Mutant(
      xen: "xen.swaps-the-bytes-of-sizes",
      breaks: "transmit/fields-lie-where-the-header-has-them",
      observed: "nothing",
      finding: { ring in
        ring.changeRequests { $1.size = $1.size.byteSwapped }
      }
    ),
    Mutant(
      xen: "xen.clears-the-slots-it-answers",
      breaks: "transmit/fields-lie-where-the-header-has-them",
      observed: "byte 68 of the transmit ring's page was 64 and is 0",
      port: { port in
        port.changeAnswers { rings, indices in
          for index in indices {
            // What stands where the grant stood is the answer.
            guard let slot: TransmitRequest = rings.transmit?.value(at: index) else { continue }
            let cleared = TransmitRequest(grant: slot.grant, id: 0, size: 0)
            rings.transmit?.setValue(cleared, at: index)
          }
        }
      }
    ),
    Mutant(
      xen: "xen.reads-requests-twice",
      breaks: "transmit/request-is-read-once",
      observed: "nothing",
      port: { port in port.beforePass = { _ = $0.transmit?.requests } }
    ),
    Mutant(
      xen: "xen.reads-extras-twice",
      breaks: "transmit/extra-is-read-once",
      observed: "nothing",
      port: { port in port.beforePass = { $0.transmit?.changeExtras { _, _ in } } }
    ),
  ]

  private static let order = [
    Mutant(
      xen: "xen.lets-the-second-frame-overtake",
      breaks: "transmit/frames-keep-their-order",
      observed: "noSpace(required: 1514)",
      finding: { ring in
        let requests = ring.requests
        guard requests.count > 1, requests.allSatisfy({ $0.flags.isEmpty }) else { return }
        var order = [requests[1], requests[0]] + requests.dropFirst(2)
        ring.changeRequests { _, request in
          let id = request.id
          request = order.removeFirst()
          request.id = id
        }
      }
    ),
    Mutant(
      xen: "xen.fills-in-no-checksum-behind-the-first-piece",
      breaks: "transmit/split-headers-are-gathered",
      observed: "154 bytes, no error; byte 50: ed expected, 84 observed",
      requests: { request in
        if request.flags.contains(.moreData) { request.flags.remove(.checksumBlank) }
      }
    ),
    Mutant(
      xen: "xen.knows-no-rate",
      breaks: "transmit/rate-delays-and-loses-nothing",
      observed: "1000 bytes, no error",
      port: { port in port.onRead = { path, value in path.hasSuffix("/rate") ? nil : value } }
    ),
    Mutant(
      xen: "xen.takes-what-is-no-rate-for-none-at-all",
      breaks: "transmit/malformed-rate-is-no-limit",
      observed: "nothing",
      port: { port in
        port.onRead = { path, value in
          path.hasSuffix("/rate") && value != nil ? "0,1000000" : value
        }
      }
    ),
  ]

  private static let groups = [
    Mutant(
      xen: "xen.takes-changes-of-groups-for-frames",
      breaks: "transmit/group-is-no-frame",
      observed: "copies [page 0, 60 bytes at 0",
      finding: { ring in
        ring.changeExtras { _, extra in
          if extra.type == .multicastAdd { extra.type = .hash }
        }
      }
    ),
    Mutant(
      xen: "xen.has-room-for-sixty-five-groups",
      breaks: "transmit/group-list-is-bounded",
      observed: "responses [id 64 status 0, status 1]",
      policy: { $0.multicastLimit = 65 }
    ),
    Mutant(
      xen: "xen.never-deletes-groups",
      breaks: "transmit/group-list-is-bounded",
      observed: "multicast control missing",
      finding: { ring in
        ring.changeExtras { _, extra in
          guard extra.type == .multicastDelete else { return }
          extra.payload = ExtraPayload(word: 0)
        }
      }
    ),
    Mutant(
      xen: "xen.refuses-groups-it-knows",
      breaks: "transmit/repeated-group-takes-one-place",
      observed: "responses [id 0 status 0, status 1, id 1 status -1",
      port: { port in
        port.changeAnswers { responses in
          responses.enumerated().map { number, response in
            let isRepeated = number > 0 && response.status == .okay
            return isRepeated ? TransmitResponse(id: response.id, status: .error) : response
          }
        }
      }
    ),
    Mutant(
      xen: "xen.filters-unasked",
      breaks: "transmit/filter-passes-what-is-wanted",
      observed: "5 frames",
      port: { port in
        port.onRead = { path, value in
          path.hasSuffix("/request-multicast-control") ? "1" : value
        }
      }
    ),
    Mutant(
      xen: "xen.never-filters",
      breaks: "transmit/filter-passes-what-is-wanted",
      observed: "multicast control missing",
      port: { port in
        port.onRead = { path, value in
          path.hasSuffix("/request-multicast-control") ? nil : value
        }
      }
    ),
    Mutant(
      xen: "xen.counts-pieces-of-groups",
      breaks: "transmit/group-has-no-pieces",
      observed: "responses [id 1 status 0, status 1, id 2 status -1]",
      requests: { request in if request.id == 2 { request.size = 0 } }
    ),
  ]
}
