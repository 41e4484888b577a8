/// Packets whose last slots the frontend has not shown.
enum TransmitShortChains {
  static let all = [unfinishedIsNoPacket, unfinishedMayBeFinished, packetsBeforeItPass]

  static let unfinishedIsNoPacket = Requirement(
    "transmit/unfinished-packet-is-not-delivered",
    .must,
    "a packet whose last slot says that another one follows, which is not there, is not delivered, nor "
      + "answered as if it were, and no slot is made up",
    because:
      "what is in the next slot is from the last time round the ring: a frame goes out whose end is "
      + "somebody else's memory",
    sources: [Source.netif, Source.netbackMeasured, "FreeBSD netback_unit_tests.c: partial"],
    families: XenScript.families,
    hint: "the slot behind the producer read, because the one before promises it"
  ) {
    let extra = XenSlot.segmentation(1400)
    let more = XenSlot.segmentation(1400, more: true)
    let cases: [(String, [XenSlot])] = [
      ("one piece", [.more(150, id: 5)]),
      ("two pieces", [.more(150, id: 5), .more(20, id: 6)]),
      ("no extra", [.last(150, flags: XenSlot.Flag.extra, id: 5)]),
      ("no second extra", [.last(150, flags: XenSlot.Flag.extra, id: 5), more]),
      ("no piece behind an extra", [.more(150, flags: XenSlot.Flag.extra, id: 5), extra]),
      ("no extra, nor a piece", [.more(150, flags: XenSlot.Flag.extra, id: 5)]),
    ]
    for (name, slots) in cases {
      XenScript.connected(name) {
        Guest.transmit(slots)
        Guest.raise(times: 3)
        Step.peek
        Guest.responses(.shortChain, ["wait": [], "error": XenScript.errors(slots), "fatal": []])
        Guest.copies([])
      }
      XenScript.connected("\(name), and a slot that is not shown yet") {
        Guest.put(slots + [.last(50, id: 9)], FramePattern(200))
        Guest.set(.requestProducer, to: slots.count)
        Guest.raise()
        Step.peek
        Guest.responses(.shortChain, ["wait": [], "error": XenScript.errors(slots), "fatal": []])
      }
    }
  }

  static let unfinishedMayBeFinished = Requirement(
    "transmit/unfinished-packet-may-be-finished",
    .may,
    "a packet that is waited for is delivered once, when the rest of its slots are shown",
    because:
      "a netback that waits and has forgotten what it waits for takes the rest for a packet, or "
      + "answers the first slots twice",
    sources: ["FreeBSD netback.c xnb_ring2pkt", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the slots that were looked at consumed, or no event asked for behind them"
  ) {
    let frame = FramePattern(150)
    let rest = FramePattern(bytes: Array(frame.contents()[100...]))
    for times in [0, 1, 5] {
      XenScript.connected("the last piece, after \(times) events") {
        Guest.put([.more(150, id: 5), .last(50, id: 6)], frame)
        Guest.set(.requestProducer, to: 1)
        Guest.raise(times: 1 + times)
        Step.peek
        Guest.show()
        Step.receive(frame).deciding(
          .shortChain,
          ["wait": .frame(frame), "error": .frame(rest), "fatal": .nothing]
        )
        Step.peek
        Guest.responses(
          .shortChain,
          ["wait": .okay(2, from: 5), "error": [.error(5), .okay(6)], "fatal": []]
        )
      }
    }
    XenScript.connected("the last piece but one first") {
      Guest.put([.more(150, id: 5), .more(20, id: 6), .last(50, id: 7)], frame)
      Guest.set(.requestProducer, to: 1)
      Guest.raise()
      Guest.set(.requestProducer, to: 2)
      Guest.raise()
      Step.peek
      Guest.show()
      Step.receive(frame).deciding(
        .shortChain,
        ["wait": .frame(frame), "error": .frame(rest), "fatal": .nothing]
      )
      Guest.responses(
        .shortChain,
        ["wait": .okay(3, from: 5), "error": [.error(5), .error(6), .okay(7)], "fatal": []]
      )
    }
  }

  static let packetsBeforeItPass = Requirement(
    "transmit/packets-before-an-unfinished-one-pass",
    .must,
    "packets that were shown with an unfinished one are delivered and answered",
    because: "a frontend that shows its slots in portions waits for a frame that is whole",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "what was gathered in a pass thrown away with the packet that ends it"
  ) {
    for count in [1, 2, 10] {
      XenScript.connected("\(count) before it") {
        let frames = (0..<count).map { FramePattern(60 + $0, seed: $0) }
        for (number, frame) in frames.enumerated() {
          Guest.put([.last(60 + number, id: 10 + number)], frame)
        }
        Guest.put([.more(150, id: 5)])
        Guest.show()
        for frame in frames { Step.receive(frame) }
        Step.peek
        let okay = [XenResponse].okay(count, from: 10)
        Guest.responses(.shortChain, ["wait": okay, "error": okay + [.error(5)], "fatal": okay])
      }
    }
  }
}
