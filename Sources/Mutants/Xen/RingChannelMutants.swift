internal import NetBackend
internal import RingMemory
internal import SystemPackage
internal import XenNetif

/// Netbacks that mistake one ring's channel for another's, or somebody else's bytes for their own.
enum RingChannelMutants {
  static let all = channels + answers + words

  private static let channels = [
    Mutant(
      xen: "xen.takes-every-event-for-a-packet",
      breaks: "xen-ring/one-channel-serves-both-rings",
      observed: "no frames",
      on: .receive,
      finding: { ring in
        ring.requestProducer.store(ring.responseProducer.load())
      }
    ),
    Mutant(
      xen: "xen.tells-everything-on-the-first-channel",
      breaks: "xen-ring/each-ring-has-its-channel",
      observed: "split channels missing",
      port: { port in
        port.onNotify = { base, descriptor, _ throws(Errno) in
          try base.notify(descriptor, EventChannel(rawValue: 1))
        }
      }
    ),
  ]

  private static let answers = [
    Mutant(
      xen: "xen.answers-twice",
      breaks: "xen-ring/answers-what-was-asked",
      observed: "has 3 requests without response, and its response producer went from 0 to 4",
      afterwards: { ring in
        guard ring.responseProducer.load() == 3 else { return }
        ring.setValue(ring.value(at: 2, as: TransmitResponse.self), at: 3)
        ring.responseProducer.store(4)
      }
    ),
    Mutant(
      xen: "xen.gives-a-status-of-its-own",
      breaks: "xen-ring/answers-what-was-asked",
      observed: "response 0 has the status 2",
      afterwards: { ring in
        guard ring.responseProducer.load() == 3 else { return }
        ring.changeResponses(3) { (response: inout TransmitResponse) in
          response.status = TransmitStatus(rawValue: 2)
        }
      }
    ),
    Mutant(
      xen: "xen.answers-pages-in-other-slots",
      breaks: "xen-ring/answers-what-was-asked",
      observed: "response 0 has the identifier 1, where 0 was posted",
      changing: received { response in response.id ^= 1 }
    ),
    Mutant(
      xen: "xen.tells-of-more-than-a-page",
      breaks: "xen-ring/answers-what-was-asked",
      observed: "response 0 has 4097 bytes at 0",
      changing: received { response in response.status += 1 }
    ),
  ]

  /// What changes the responses to a frame of two pages.
  private static func received(
    _ change: @escaping @Sendable (inout ReceiveResponse) -> Void
  ) -> @Sendable (MutantXenRings) -> TamperedBackend.Changes {
    { rings in
      TamperedBackend.Changes { changes in
        changes.send = { right, frame throws(BackendError) in
          let sent = try right.send(bytes: frame.bytes)
          if let ring = rings.receive, ring.responseProducer.load() == 2 {
            ring.changeResponses(2, change)
          }
          return sent
        }
      }
    }
  }

  private static let words = [
    Mutant(
      xen: "xen.fills-the-whole-slot",
      breaks: "xen-ring/writes-its-own-words-alone",
      observed: "byte 68 of the transmit ring's page was 0 and is 119",
      afterwards: { ring in
        guard ring.responseProducer.load() == 1 else { return }
        // Bytes 4 to 7 of the slot lie behind the response.
        unsafe ring.slot(0).storeBytes(of: 0x7777_7777, toByteOffset: 4, as: UInt32.self)
      }
    ),
    Mutant(
      xen: "xen.writes-the-frontend's-event",
      breaks: "xen-ring/writes-its-own-words-alone",
      observed: "byte 12 of the transmit ring's page was 1 and is 2",
      afterwards: { ring in
        ring.responseEvent.store(ring.responseProducer.load() &+ 1)
      }
    ),
    Mutant(
      xen: "xen.keeps-notes-in-the-header",
      breaks: "xen-ring/writes-its-own-words-alone",
      observed: "byte 16 of the transmit ring's page was 0 and is 1",
      afterwards: { ring in
        // The first byte behind the four words is nobody's.
        unsafe (ring.slot(0) - 48).storeBytes(of: 1, as: UInt8.self)
      }
    ),
    Mutant(
      xen: "xen.answers-when-it-closes",
      breaks: "xen-ring/is-left-alone-once-closed",
      observed: "no request without response has that identifier",
      port: { port in
        port.onUnmap = { base, memory in
          let ring = SharedRing(memory, .transmit)
          ring.responseProducer.store(ring.requestProducer.load())
          base.unmap(memory)
        }
      }
    ),
  ]
}
