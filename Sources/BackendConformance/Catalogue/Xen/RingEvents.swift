/// When a netback raises its frontend's channel, and when it wants its own to be raised.
enum RingEvents {
  static let all = [
    notifiesWhenAsked, notifiesOnceABatch, goesOnUnasked, spuriousEventsAreHarmless,
    spuriousEventsAreTold,
  ]

  static let notifiesWhenAsked = Requirement(
    "xen-ring/notifies-when-asked",
    .must,
    "the frontend's channel is raised if and only if the response that it waits for is among those that "
      + "have just been shown, wherever the indices wrap",
    because:
      "one event too few and the frontend sleeps with its packet answered; one for each response "
      + "and it does nothing but handle events",
    sources: [Source.xenRing, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the event compared with the producer for equality, or by size"
  ) {
    for (old, new, event) in [
      (0, 1, 1), (0, 1, 2), (0, 3, 0), (0, 3, 1), (0, 3, 2), (0, 3, 3), (0, 3, 4), (0, 8, 5),
      (0, 8, 9), (5, 8, 5), (5, 8, 6), (5, 8, 8), (5, 8, 9), (0xFFFF_FFFE, 1, 0),
      (0xFFFF_FFFE, 1, 1), (0xFFFF_FFFE, 1, 0xFFFF_FFFE), (0xFFFF_FFFE, 1, 2), (0, 8, 0x4000_0000),
      (4, 4, 4), (4, 4, 5),
    ] {
      let count = (new - old) & 0xFFFF_FFFF
      let times = isDue(old, new, event) ? 1 : 0
      let bench = RingIndices.at(old)
      XenScript.connected("transmit \(old) to \(new), asked for \(event)", on: bench) {
        Guest.notifications(0...0)
        Guest.put((0..<count).map { .last(60, id: $0, page: 0) })
        Guest.set(.responseEvent, to: event)
        Guest.show()
        Guest.raise()
        Guest.notifications(times...times)
        Guest.responses((0..<count).map { .okay($0) })
      }
      XenScript.connected("receive \(old) to \(new), asked for \(event)", on: bench) {
        Guest.post(count)
        Guest.set(.responseEvent, to: event, of: .receive)
        Guest.notifications(0...0, of: .receive)
        for seed in 0..<count { Step.send(FramePattern(60, seed: seed)) }
        Guest.notifications(times...times, of: .receive)
        Guest.received(count == 0 ? [] : [FramePattern(60, seed: 0, count: count)])
      }
    }
  }

  static let notifiesOnceABatch = Requirement(
    "xen-ring/notifies-once-a-batch",
    .should,
    "the responses to requests that were shown together are told by one event",
    because: "an event is an interrupt in the guest, which costs more than the packet",
    sources: [Source.xenRing, "Linux drivers/net/xen-netback/netback.c"],
    families: XenScript.families,
    hint: "the channel raised in the loop over the packets, and not behind it"
  ) {
    for count in [1, 2, 17, 64] {
      XenScript.connected("\(count) packets") {
        Guest.notifications(0...0)
        Guest.transmit((0..<count).map { .last(60, id: $0, page: 0) })
        Guest.notifications(1...1)
        Guest.responses((0..<count).map { .okay($0) })
      }
    }
  }

  static let goesOnUnasked = Requirement(
    "xen-ring/goes-on-unasked",
    .must,
    "a frontend that asks for an event far ahead, or never asks again, gets no events, and its requests "
      + "are answered all the same",
    because:
      "frontends that look at the ring by themselves switch events off in this way; how far they "
      + "have read is nowhere in the page",
    sources: [Source.xenRing, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the frontend's event taken for how far it has read"
  ) {
    for event in [0x4000_0000, 0x8000_0000, 600, 0] {
      XenScript.connected("asked for \(event)") {
        Guest.set(.responseEvent, to: event)
        Guest.notifications(0...0)
        for _ in 0..<2 {
          Guest.transmit((0..<256).map { .last(60, id: $0, page: 0) })
        }
        Step.peek(RingIndices.untold)
        Guest.indices(requests: 512, responses: 512)
        Guest.notifications(0...0)
        Guest.responses((0..<512).map { .okay($0 & 0xFF) })
      }
    }
  }

  static let spuriousEventsAreHarmless = Requirement(
    "xen-ring/empty-events-change-nothing",
    .must,
    "an event for which there is no work changes no index, and raises nothing",
    because:
      "a guest raises channels for nothing as fast as it can; what each of them does on the host "
      + "had better be nothing",
    sources: [Source.advisory(332)],
    families: XenScript.families,
    hint: "an answer, or an event back, without a look whether there was a request"
  ) {
    for start in [0, 254, 0xFFFF_FFFF] {
      let event = (start + 1) & 0xFFFF_FFFF
      XenScript.connected("from \(start)", on: RingIndices.at(start)) {
        Guest.raise(times: 1000)
        Step.repeated(10) { Guest.raise() }
        for ring in [XenRing.transmit, .receive] {
          Guest.indices(
            of: ring,
            requests: start,
            requestEvent: event,
            responses: start,
            responseEvent: event
          )
        }
        Guest.notifications(0...0)
        Step.peek
        Guest.transmit([.last(60, id: 7)], FramePattern(60))
        Step.receive(FramePattern(60))
        Guest.responses([.okay(7)])
      }
    }
  }

  static let spuriousEventsAreTold = Requirement(
    "xen-ring/empty-events-are-told",
    .should,
    "an event for which there was no work is told as such to the hypervisor, and no other event is",
    because:
      "only then can a guest that raises channels for nothing be held back, while one that has "
      + "packets is not",
    sources: [Source.advisory(332), "Linux 23025393dbeb"],
    families: XenScript.families,
    hint: "the end of an event's handling told without a look at what was done"
  ) {
    for isSplit in [false, true] {
      let bench = XenScript.bench(isSplit: isSplit)
      let changes = ["event-channel": isSplit ? "@event-channel-tx" : "@event-channel"]
      XenScript.connected(isSplit ? "two channels" : "one channel", on: bench, changing: changes) {
        Guest.emptyEvents(0...100)
        Step.repeated(3) { Guest.raise() }
        Guest.emptyEvents(3...3)
        Guest.transmit([.last(60, id: 7, page: 0)])
        Guest.emptyEvents(0...0)
        Step.receive(RingIndices.untold)
        Guest.raise()
        Guest.emptyEvents(1...1)
      }
    }
  }

  /// Whether an event is to be raised.
  private static func isDue(_ old: Int, _ new: Int, _ event: Int) -> Bool {
    (new - event) & 0xFFFF_FFFF < (new - old) & 0xFFFF_FFFF
  }
}
