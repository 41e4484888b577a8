internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that refuse packets wrongly, or answer them so.
enum TransmitAnswerMutants {
  static let all = refusals + ends + answers

  private static let refusals = [
    Mutant(
      xen: "xen.goes-below-zero",
      breaks: "transmit/long-continuation-is-refused",
      observed: "100 bytes, no error",
      requests: { request in
        if request.id == 2, request.size > 100 { request.size = 40 }
      }
    ),
    Mutant(
      xen: "xen.answers-extras-of-refused-packets-with-errors",
      breaks: "transmit/refused-packet-answers-its-extras",
      observed: "response 1 of the transmit ring has the identifier 1 and status -1",
      port: { port in
        port.changeAnswers { responses in
          let isRefused = responses.contains { $0.status == .error }
          return responses.map { response in
            var response = response
            if isRefused, response.status == .null { response.status = .error }
            return response
          }
        }
      }
    ),
    Mutant(
      xen: "xen.eats-the-slot-behind-a-bad-packet",
      breaks: "transmit/refused-packet-leaves-others",
      observed: "nothing",
      requests: { request in
        if request.id >= 50, request.id < 70 { request.flags.insert(.moreData) }
      }
    ),
    Mutant(
      xen: "xen.delivers-what-it-could-read",
      breaks: "transmit/unreadable-piece-drops-the-packet",
      observed: "1000 bytes, no error",
      port: { port in
        unsafe port.onCopy = { base, copies in
          unsafe base.copy(copies)
          for index in copies.indices { unsafe copies[index].status = .okay }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-the-slot-before-the-one-that-failed",
      breaks: "transmit/unreadable-piece-drops-the-packet",
      observed: "responses [id 1 status -1, id 2 status 0]",
      port: { port in
        port.changeAnswers { responses in
          var responses = responses
          let failed = responses.firstIndex { $0.status == .error } ?? 0
          let isAlone = responses.count { $0.status == .error } == 1
          guard failed > 0, isAlone else { return responses }
          responses[failed].status = .okay
          responses[failed - 1].status = .error
          return responses
        }
      }
    ),
  ]

  private static let ends = [
    Mutant(
      xen: "xen.throws-away-what-nobody-receives",
      breaks: "transmit/shortage-loses-nothing-in-silence",
      observed: "nothing",
      changing: { _ in
        let count = Remembered(0)
        return TamperedBackend.Changes {
          $0.take = { base, room throws(BackendError) in
            count.value += 1
            if count.value == 513 { while try base.discard() != nil {} }
            return try base.takeFrame(room: room)
          }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-on-after-the-end",
      breaks: "transmit/disabled-ring-is-left-alone",
      observed: "responses [id 50 status -1, id 0 status -1",
      policy: { $0.chain.violation = .fatal },
      port: { port in
        let isOver = Remembered(false)
        port.afterPass = { rings in
          guard let ring = rings.transmit, !ring.unanswered.isEmpty else { return }
          guard isOver.value else { return isOver.value = true }
          for (index, request) in zip(ring.unanswered, ring.requests) {
            ring.setValue(TransmitResponse(id: request.id, status: .error), at: index)
          }
          ring.responseProducer.store(ring.requestProducer.load())
        }
      }
    ),
  ]

  private static let answers = [
    Mutant(
      xen: "xen.cuts-identifiers-to-15-bits",
      breaks: "transmit/identifiers-are-echoed",
      observed: "response 0 of the transmit ring has the identifier 0",
      port: { port in
        port.changeAnswers { responses in
          responses.map { TransmitResponse(id: $0.id & 0x7FFF, status: $0.status) }
        }
      }
    ),
    Mutant(
      xen: "xen.refuses-identifiers-in-use",
      breaks: "transmit/identifiers-are-echoed",
      observed: "nothing",
      finding: { ring in
        var seen: Set<UInt16> = []
        ring.changeRequests { _, request in
          if !seen.insert(request.id).inserted { request.size = 0 }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-the-last-slot-twice",
      breaks: "transmit/each-slot-is-answered-once",
      observed: "has 13 requests without response, and its response producer went from 0 to 14",
      port: { port in
        port.changeAnswers { rings, indices in
          guard let ring = rings.transmit, let last = indices.last else { return }
          ring.setValue(ring.value(at: last, as: TransmitResponse.self), at: last &+ 1)
          ring.responseProducer.store(last &+ 2)
        }
      }
    ),
    Mutant(
      xen: "xen.keeps-the-last-answer-back",
      breaks: "transmit/each-slot-is-answered-once",
      observed: "byte 208 of the transmit ring's page",
      port: { port in
        port.changeAnswers { rings, indices in
          if let last = indices.last { rings.transmit?.responseProducer.store(last) }
        }
      }
    ),
    Mutant(
      xen: "xen.invents-a-status",
      breaks: "transmit/each-slot-is-answered-once",
      observed: "response 0 has the status 60",
      port: { port in
        port.changeAnswers { responses in
          responses.map {
            let status = $0.status == .okay ? TransmitStatus(rawValue: 60) : $0.status
            return TransmitResponse(id: $0.id, status: status)
          }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-extras-like-requests",
      breaks: "transmit/extras-are-answered-null",
      observed: "response 1 of the transmit ring has the identifier 1 and status 0",
      port: { port in
        port.changeAnswers { responses in
          responses.map {
            $0.status == .null ? TransmitResponse(id: $0.id, status: .okay) : $0
          }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-extras-last",
      breaks: "transmit/null-follows-the-first-answer",
      observed: "id 256 status 0, status 1]",
      port: { port in
        port.changeAnswers { responses in
          responses.filter { $0.status != .null } + responses.filter { $0.status == .null }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-last-first",
      breaks: "transmit/answers-may-overtake",
      observed: "responses [id 2 status 0, id 1 status 0]",
      port: { port in port.changeAnswers { $0.reversed() } }
    ),
    Mutant(
      xen: "xen.reads-pages-when-somebody-receives",
      breaks: "transmit/okay-comes-after-reading",
      observed: "byte 0: 02 expected, ee observed",
      port: { port in
        let rings = port.rings
        unsafe port.onCopy = { base, copies in
          unsafe base.copy(copies)
          unsafe rings.lateCopies.note(copies, through: base)
        }
      },
      changing: { rings in
        TamperedBackend.Changes {
          $0.beforeReceive = { (_) throws(BackendError) in rings.lateCopies.repeatAll() }
        }
      }
    ),
  ]
}
