/// Where a netback finds the slots of a ring, and how it counts them.
enum RingIndices {
  static let all = [
    slotsLieWhereTheyAreCounted, indicesRunFree, attachesWhereTheFrontendIs,
    refusesTooManyAtConnect,
    tooManyRequestsAreNoRequests, ordersMemory,
  ]

  /// What lies in a page to be transmitted that nobody has written to.
  static let untold = FramePattern(bytes: [UInt8](repeating: 0x5A, count: 60))

  static let slotsLieWhereTheyAreCounted = Requirement(
    "xen-ring/slots-lie-where-they-are-counted",
    .must,
    "a ring has 256 slots, of 12 bytes to transmit and of 8 to receive, from byte 64 of its page, and a "
      + "request is answered in a slot of its own ring, the last one's neighbour being the first",
    because:
      "a netback with another idea of the page answers in slots that nobody looks at, and takes "
      + "its own answers for requests",
    sources: [Source.xenRing, Source.netif],
    families: XenScript.families,
    hint: "the number of slots not rounded down to a power of two"
  ) {
    for (start, count) in [(0, 1), (127, 2), (254, 3), (255, 2), (4095, 2)] {
      XenScript.connected("\(count) from \(start)", on: at(start)) {
        for index in start..<start + count {
          let (low, frame) = (UInt8(truncatingIfNeeded: index), FramePattern(60, seed: index))
          Guest.transmit([.last(60, id: index & 0xFF)], frame)
          Step.receive(frame)
          Guest.responses([.okay(index & 0xFF)])
          Guest.slot(index & 0xFF, [low, 0, 0, 0, 0, 0, 0, 0, low, 0, 60, 0])
          Guest.post([.buffer(index & 0xFF)])
          Step.send(frame)
          Guest.received([frame])
          Guest.slot(index & 0xFF, [low, 0, 0, 0, 0, 0, 60, 0], of: .receive)
        }
      }
    }
  }

  static let indicesRunFree = Requirement(
    "xen-ring/indices-run-free",
    .must,
    "the indices of a ring count on for ever, and through 0 when 32 bits are full",
    because:
      "an interface stops after four thousand million packets, which is a week of traffic and far "
      + "longer than any other test",
    sources: [Source.xenRing, "Linux b9149729ebdc"],
    families: XenScript.families,
    hint: "producers compared by size, or kept modulo the number of slots"
  ) {
    for start in [0x7FFF_FFFE, 0x8000_0000, 0xFFFF_FF00, 0xFFFF_FFFE] {
      let end = (start + 4) & 0xFFFF_FFFF
      XenScript.connected("from \(start)", on: at(start)) {
        Guest.transmit((0..<4).map { .last(60, id: $0, page: 0) })
        for _ in 0..<4 { Step.receive(untold) }
        Guest.responses((0..<4).map { .okay($0) })
        Guest.indices(requests: end, responses: end)
        Guest.post(4)
        for seed in 0..<4 { Step.send(FramePattern(60, seed: seed)) }
        Guest.received([FramePattern(60, seed: 0, count: 4)])
        Guest.indices(of: .receive, requests: end, responses: end)
      }
    }
  }

  static let attachesWhereTheFrontendIs = Requirement(
    "xen-ring/attaches-where-the-frontend-is",
    .must,
    "a netback begins with the responses that the frontend has seen, wherever that is, and does what "
      + "was asked before it came",
    because:
      "a frontend that is handed over to another netback goes on where it was; one whose indices "
      + "are made 0 takes what is in its slots for responses",
    sources: [Source.xenRing, "mirage-net-xen issue 68"],
    families: XenScript.families,
    hint: "the ring initialised by the backend as well"
  ) {
    for start in [5, 254, 0xFFFF_FFFE] {
      let frame = FramePattern(60, seed: start)
      XenScript.connected("from \(start)", on: at(start)) {
        Guest.indices(requests: start, responses: start)
        Guest.indices(of: .receive, requests: start, responses: start)
        Guest.transmit([.last(60, id: 7)], frame)
        Step.receive(frame)
        Guest.responses([.okay(7)])
      }
      Script("three from \(start) before", bench: at(start)) {
        Step.open()
        Guest.transmit((0..<3).map { .last(60, id: $0, page: 0) })
        Guest.post(1)
        Guest.connect()
        for _ in 0..<3 { Step.receive(untold) }
        Guest.responses((0..<3).map { .okay($0) })
        Step.send(frame)
        Guest.received([frame])
      }
    }
  }

  static let refusesTooManyAtConnect = Requirement(
    "xen-ring/too-many-at-connect-are-refused",
    .must,
    "a netback does not connect to a ring that has more requests without response than slots, and "
      + "connects to one that has as many",
    because:
      "the first look at the ring goes round it, answers requests that are none, and overtakes "
      + "itself",
    sources: ["Linux drivers/net/xen-netback/interface.c", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the check made when requests are looked for, and not when the ring is attached to"
  ) {
    for ring in [XenRing.transmit, .receive] {
      for (responses, requests) in [(10, 267), (10, 9), (0, 0x8000_0000), (5, 0)] {
        Script("\(ring) from \(responses) to \(requests)", bench: XenScript.bench()) {
          Step.open()
          Guest.set(.responseProducer, to: responses, of: ring)
          Guest.set(.requestProducer, to: requests, of: ring)
          Guest.connect()
          XenScript.refused
          Guest.holdings(XenHoldings(pages: 0, channels: 0, strayUnmaps: 0))
          Guest.indices(of: ring, requests: requests, responses: responses)
          Step.peek
        }
      }
    }
    Script("as many as slots", bench: at(10)) {
      Step.open()
      Guest.put((0..<256).map { .last(60, id: $0, page: 0) })
      Guest.show()
      Guest.connect()
      Step.peek(untold)
      Guest.responses((0..<256).map { .okay($0) })
    }
  }

  static let tooManyRequestsAreNoRequests = Requirement(
    "xen-ring/too-many-requests-are-none",
    .must,
    "when a producer is further ahead than there are slots, or behind what has been taken already, "
      + "nothing is taken and nothing answered",
    because:
      "a difference of indices that is believed makes the netback go round the ring two thousand "
      + "million times, in the host's processor time",
    sources: [Source.advisory(39), "Linux 48856286b64e", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the difference compared with the number of slots as a signed number, or not at all"
  ) {
    for producer in [257, 300, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] {
      XenScript.connected("\(producer) of 256") {
        Guest.put([.last(60, id: 7)], untold)
        Guest.set(.requestProducer, to: producer)
        nothingIsTaken(at: 0, requests: producer)
      }
    }
    for producer in [9, 0, 267] {
      XenScript.connected("\(producer) behind 10") {
        Guest.transmit((0..<10).map { .last(60, id: $0, page: 0) })
        Step.repeated(10) { Step.receive(untold) }
        Guest.responses((0..<10).map { .okay($0) })
        Guest.set(.requestProducer, to: producer)
        nothingIsTaken(at: 10, requests: producer)
      }
    }
    XenScript.connected("300 while 200 wait for credit") {
      Guest.configure("rate", "10,1000000")
      Guest.transmit((0..<200).map { .last(60, id: $0, page: 0) })
      Guest.set(.requestProducer, to: 300)
      Step.advanceClock(60_000_000_000)
      nothingIsTaken(at: 0, requests: 300)
    }
  }

  static let ordersMemory = Requirement(
    "xen-ring/orders-producers-and-slots",
    .must,
    "slots are read after the producer that shows them, and written before it",
    because:
      "on a processor that orders less than others the other side sees the producer of a slot "
      + "whose bytes have not come yet",
    sources: [Source.xenRing],
    families: XenScript.families,
    untestable: "one machine shows the order that its processor keeps by itself"
  )

  /// A bench whose rings begin at an index.
  static func at(_ start: Int) -> BenchOptions {
    XenScript.bench(transmitStart: start, receiveStart: start)
  }

  @StepBuilder
  private static func nothingIsTaken(at responses: Int, requests: Int) -> [Step] {
    Guest.raise(times: 3)
    Step.peek
    Guest.responses([])
    Guest.indices(requests: requests, responses: responses)
  }
}
