/// When a netback looks for requests, and asks to be told of them.
enum RingRequests {
  static let all = [asksForTheNext, asksForPages, looksAgain]

  static let asksForTheNext = Requirement(
    "xen-ring/asks-for-the-next-request",
    .must,
    "when nothing is left to be done, an event is asked for the next request",
    because:
      "the frontend raises the channel only when it is asked to; otherwise its next packet lies "
      + "there until something else happens",
    sources: [Source.xenRing, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the event asked for once, when the ring is attached to"
  ) {
    for (start, count) in [(0, 1), (0, 5), (0, 64), (0, 256), (250, 17), (0xFFFF_FFFE, 2)] {
      let next = (start + count + 1) & 0xFFFF_FFFF
      XenScript.connected("\(count) from \(start)", on: RingIndices.at(start)) {
        Guest.transmit((0..<count).map { .last(60, id: $0, page: 0) })
        Guest.responses((0..<count).map { .okay($0) })
        Guest.indices(requestEvent: next)
        Guest.transmit([.last(64, id: 9)])
        Guest.responses([.okay(9)])
      }
    }
  }

  static let asksForPages = Requirement(
    "xen-ring/asks-for-pages-it-lacks",
    .should,
    "while a frame waits for pages, an event is asked for the next page that is posted, and the frame "
      + "goes out on it",
    because:
      "a frontend that has been out of memory for a moment posts its pages and is not looked at "
      + "again; its link is dead until the next frame comes",
    sources: [Source.xenRing, Source.netbackMeasured],
    families: XenScript.families,
    hint:
      "the event asked for when a frame has been put into the ring, and not when it could not be"
  ) {
    for (posted, needed) in [(0, 1), (1, 2), (2, 3), (1, 4)] {
      let frame = FramePattern(4096 * (needed - 1) + 60)
      XenScript.connected("\(posted) of \(needed) pages") {
        Guest.post(posted)
        Step.send(frame)
        Guest.responses([], of: .receive)
        Guest.indices(of: .receive, requestEvent: posted + 1)
        for page in posted..<needed { Guest.post([.buffer(page)]) }
        Guest.received([frame])
      }
    }
  }

  static let looksAgain = Requirement(
    "xen-ring/looks-again-after-asking",
    .must,
    "a request that is shown while the netback is about to ask for an event is taken, although the "
      + "frontend did not raise the channel for it",
    because:
      "the frontend looks whether an event is asked for at the very moment when it is not yet, and "
      + "the packet is forgotten by both; it happens once in a million packets",
    sources: [Source.xenRing],
    families: XenScript.families,
    hint: "no look at the producer behind writing the event, or no barrier between"
  ) {
    let (first, second) = (FramePattern(60, seed: 1), FramePattern(64, seed: 2))
    for reads in 1...8 {
      XenScript.connected("shown after \(reads) looks") {
        Guest.put([.last(60, id: 1)], first)
        Guest.set(.requestProducer, to: 1)
        Guest.put([.last(64, id: 2)], second)
        Guest.showAfter(reads: reads)
        Guest.raise()
        Guest.show()
        Step.receive(first)
        Step.receive(second)
        Guest.responses([.okay(1), .okay(2)])
      }
    }
  }
}
