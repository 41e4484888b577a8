/// Which channel belongs to which ring, and whose the bytes of a ring's page are.
enum RingChannels {
  static let all = [
    oneChannelServesBoth, eachRingHasItsChannel, answersWhatWasAsked, writesItsOwnWords,
    leavesClosedRings,
  ]

  private static let frame = FramePattern(60)

  static let oneChannelServesBoth = Requirement(
    "xen-ring/one-channel-serves-both-rings",
    .must,
    "with a channel for both rings an event is reason to look at both, and responses of both are told "
      + "on it",
    because:
      "the frontend posts pages and sends a packet with one event; whoever stops at the first ring "
      + "that has something leaves the other for ever",
    sources: [Source.netif, "Linux ec7d8e7dd3a5"],
    families: XenScript.families,
    hint: "an event of the single channel taken for one of the transmit ring"
  ) {
    for length in [60, 4096, 5000] {
      let waiting = FramePattern(length, seed: length)
      XenScript.connected("\(length) bytes wait") {
        Step.send(waiting)
        Guest.put((0..<2).map { .buffer($0) }, in: .receive)
        Guest.set(.requestProducer, to: 2, of: .receive)
        Guest.put([.last(60, id: 7)], frame)
        Guest.notifications(0...0)
        Guest.show()
        Guest.received([waiting])
        Step.receive(frame)
        Guest.responses([.okay(7)])
        Guest.notifications(1...2)
      }
    }
  }

  static let eachRingHasItsChannel = Requirement(
    "xen-ring/each-ring-has-its-channel",
    .must,
    "with a channel for each ring the responses of a ring are told on its own channel, and on no other",
    because:
      "the two are handled by different processors of the guest; one that is told of the other's "
      + "responses looks at its own ring, finds nothing and sleeps",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "one channel kept for the queue, whichever came first"
  ) {
    let bench = XenScript.bench(isSplit: true)
    // Whoever knows no such channels takes the one that is there besides.
    let changes = ["event-channel": "@event-channel-tx"]
    XenScript.connected("transmit", on: bench, changing: changes) {
      Guest.offer(.splitChannels, "feature-split-event-channels")
      Guest.notifications(0...0)
      Guest.notifications(0...0, of: .receive)
      Guest.transmit([.last(60, id: 7)], frame)
      Step.receive(frame)
      Guest.notifications(1...1)
      Guest.notifications(0...0, of: .receive)
    }
    XenScript.connected("receive", on: bench, changing: changes) {
      Guest.offer(.splitChannels, "feature-split-event-channels")
      Guest.post(1)
      Guest.notifications(0...0)
      Guest.notifications(0...0, of: .receive)
      Step.send(frame)
      Guest.notifications(.splitChannels, ["offered": 0...0, "missing": 1...1])
      Guest.notifications(.splitChannels, ["offered": 1...1, "missing": 0...0], of: .receive)
    }
    XenScript.connected("pages that were lacking", on: bench, changing: changes) {
      Guest.offer(.splitChannels, "feature-split-event-channels")
      Step.send(frame)
      Guest.notifications(0...0, of: .receive)
      Guest.put([.buffer(0)], in: .receive)
      Guest.set(.requestProducer, to: 1, of: .receive)
      Guest.raise()
      // The transmit ring's event says nothing of pages, unless its channel is that of both.
      Guest.notifications(.splitChannels, ["offered": 0...1, "missing": 0...0], of: .receive)
      Guest.raise(.receive)
      Guest.received([frame])
    }
  }

  static let answersWhatWasAsked = Requirement(
    "xen-ring/answers-what-was-asked",
    .must,
    "each request is answered once and with its own identifier, a page in its own slot and with bytes "
      + "that it holds, a packet with one of the four statuses",
    because:
      "the frontend gives a page back by the identifier, and reads as many bytes as it is told; one "
      + "that does not check itself reads what is behind the page",
    sources: [Source.netif, Source.xenRing, "Linux drivers/net/xen-netfront.c"],
    families: XenScript.families,
    hint: "answers put together from what the ring held before"
  ) {
    for identifiers in [[0, 1, 2], [7, 7, 7], [0xFFFF, 0x8001, 0x0100]] {
      XenScript.connected("identifiers \(identifiers)") {
        Guest.transmit(identifiers.map { .last(60, id: $0, page: 0) })
        Guest.responses(identifiers.map { .okay($0) })
        Guest.post(identifiers.map { .buffer($0) })
        Step.send(FramePattern(4100))
        Step.send(frame)
        Guest.responses(
          [
            .data(4096, id: identifiers[0], flags: 4), .data(4, id: identifiers[1]),
            .data(60, id: identifiers[2]),
          ],
          of: .receive
        )
        Guest.received([FramePattern(4100), frame])
      }
    }
  }

  static let writesItsOwnWords = Requirement(
    "xen-ring/writes-its-own-words-alone",
    .must,
    "in the page of a ring a netback writes how far it has answered, the request it wants an event for, "
      + "and the bytes of responses; every other byte is as the frontend left it",
    because:
      "what else is written is the host's memory in the guest's hands, or the frontend's own index "
      + "under its feet",
    sources: [Source.xenRing, Source.advisory(216)],
    families: XenScript.families,
    hint: "a response written as a structure as large as the slot, with what the stack held"
  ) {
    XenScript.connected("transmit") {
      Guest.transmit([.last(60, id: 0x1234, grant: 0x0506_0708)])
      Guest.responses([.error(0x1234)])
      Guest.slot(0, [0x34, 0x12, 0xFF, 0xFF, 0, 0, 0, 0, 0x34, 0x12, 60, 0])
    }
    XenScript.connected("a chain with an extra slot") {
      Guest.transmit(
        [.more(100, flags: XenSlot.Flag.extra, id: 1), .segmentation(1448), .last(40, id: 2)],
        FramePattern(100)
      )
      Guest.indices(requests: 3, responses: 3, responseEvent: 1)
    }
    XenScript.connected("receive") {
      Guest.post(2)
      Step.send(FramePattern(4100))
      Guest.received([FramePattern(4100)])
      Guest.slot(1, [1, 0, 0, 0, 0, 0, 4, 0], of: .receive)
    }
    XenScript.connected("control", on: XenScript.bench(hasControl: true)) {
      Guest.put(
        [.bytes([9, 0, 7, 0] + [1, 0, 0, 0] + [2, 0, 0, 0] + [3, 4, 5, 6])],
        in: .control
      )
      Guest.show(.control)
      Guest.slot(
        .controlRing,
        0,
        [
          "offered": [9, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 5, 6],
          "missing": [9, 0, 7, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 4, 5, 6],
        ],
        of: .control
      )
    }
  }

  static let leavesClosedRings = Requirement(
    "xen-ring/is-left-alone-once-closed",
    .must,
    "once a netback has said that it is closing, no byte of a ring's page changes, whatever was waiting",
    because:
      "the frontend gives the page to somebody else as soon as the netback has closed; what is "
      + "written then is written into other people's memory",
    sources: [Source.advisory(374), "Linux b17075d5c198", Source.netbackMeasured],
    families: XenScript.families,
    hint: "answers that are given when what was waiting is thrown away"
  ) {
    for state in [5, 6] {
      XenScript.connected("frames wait, the frontend tells \(state)") {
        Guest.configure("rate", "10,1000000")
        Guest.transmit((0..<3).map { .last(60, id: $0, page: 0) })
        Step.send(frame)
        Guest.tell(state)
        staysAsItIs(requests: 3)
      }
      XenScript.connected("nothing waits, the frontend tells \(state)") {
        Guest.transmit([.last(60, id: 1, page: 0)])
        Step.receive(RingIndices.untold)
        Guest.responses([.okay(1)])
        Guest.tell(state)
        Guest.indices(requests: 1, requestEvent: 2, responses: 1, responseEvent: 2)
        Guest.indices(of: .receive, requests: 0, requestEvent: 1, responses: 0)
      }
    }
    XenScript.connected("the netback is closed") {
      Guest.configure("rate", "10,1000000")
      Guest.transmit((0..<3).map { .last(60, id: $0, page: 0) })
      Step.send(frame)
      Step.close
      staysAsItIs(requests: 3)
    }
  }

  @StepBuilder
  private static func staysAsItIs(requests: Int) -> [Step] {
    Guest.post(1)
    Guest.raise()
    Guest.raise(.receive)
    Step.advanceClock(60_000_000_000)
    Guest.indices(requests: requests, requestEvent: 1, responses: 0, responseEvent: 1)
    Guest.indices(of: .receive, requests: 1, requestEvent: 1, responses: 0, responseEvent: 1)
    Guest.responses([])
    Guest.responses([], of: .receive)
  }
}
