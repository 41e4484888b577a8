internal import NetBackend
internal import RingMemory
internal import SystemPackage
internal import XenNetif

/// Netbacks that raise channels wrongly, or wrongly ask for that.
enum RingEventMutants {
  static let all = notifying + asking

  private static let notifying = [
    Mutant(
      xen: "xen.notifies-for-the-last-response-alone",
      breaks: "xen-ring/notifies-when-asked",
      observed: "0 times",
      finding: { ring in
        let last = ring.requestProducer.load()
        if ring.responseEvent.load() != last { ring.responseEvent.store(last &+ 1) }
      }
    ),
    Mutant(
      xen: "xen.notifies-although-nobody-asks",
      breaks: "xen-ring/notifies-when-asked",
      observed: "1 time",
      finding: { ring in
        ring.responseEvent.store(ring.responseProducer.load() &+ 1)
      }
    ),
    Mutant(
      xen: "xen.notifies-twice",
      breaks: "xen-ring/notifies-once-a-batch",
      observed: "2 times",
      port: { port in
        port.onNotify = { base, descriptor, channel throws(Errno) in
          try base.notify(descriptor, channel)
          try base.notify(descriptor, channel)
        }
      }
    ),
    Mutant(
      xen: "xen.waits-to-be-asked",
      breaks: "xen-ring/goes-on-unasked",
      observed: "nothing",
      finding: { ring in
        let answered = ring.responseProducer.load()
        let isAsked = ring.responseEvent.load() &- answered <= 256
        if !isAsked { ring.requestProducer.store(answered) }
      }
    ),
    Mutant(
      xen: "xen.answers-an-empty-ring",
      breaks: "xen-ring/empty-events-change-nothing",
      observed: "its response producer went from 0 to 1",
      afterwards: { ring in
        guard ring.unanswered.isEmpty else { return }
        ring.responseProducer.store(ring.responseProducer.load() &+ 1)
      }
    ),
    Mutant(
      xen: "xen.calls-every-event-a-packet",
      breaks: "xen-ring/empty-events-are-told",
      observed: "0 times",
      port: { port in
        port.onUnmask = { base, descriptor, channel, _ throws(Errno) in
          try base.unmask(descriptor, channel, isSpurious: false)
        }
      }
    ),
  ]

  private static let asking = [
    Mutant(
      xen: "xen.asks-for-the-request-after-the-next",
      breaks: "xen-ring/asks-for-the-next-request",
      observed: "no responses",
      afterwards: { ring in
        ring.requestEvent.store(ring.responseProducer.load() &+ 2)
      }
    ),
    Mutant(
      xen: "xen.asks-for-no-pages",
      breaks: "xen-ring/asks-for-pages-it-lacks",
      observed: "request event 1",
      changing: { rings in
        TamperedBackend.Changes { changes in
          changes.send = { right, frame throws(BackendError) in
            let sent = try right.send(bytes: frame.bytes)
            rings.receive?.requestEvent.store(1)
            return sent
          }
        }
      }
    ),
    Mutant(
      xen: "xen.does-not-look-again",
      breaks: "xen-ring/looks-again-after-asking",
      observed: "nothing",
      port: { port in CopiedRing().use(in: &port) }
    ),
  ]
}
