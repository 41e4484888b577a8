/// What becomes of packets that are wrong, and of those around them.
enum TransmitRefusals {
  static let all = [
    longContinuationIsRefused, refusedPacketAnswersExtras, refusedPacketLeavesOthers,
    disabledRingIsLeft,
  ]

  static let longContinuationIsRefused = Requirement(
    "transmit/long-continuation-is-refused",
    .must,
    "a piece that is longer than what is left of the packet is an error for each of its slots, nothing "
      + "is delivered, and the next packet passes",
    because: "what is left goes below zero, and is taken for 65436 bytes",
    sources: [Source.advisory(39), Source.netbackMeasured],
    families: XenScript.families,
    hint: "a difference of unsigned numbers"
  ) {
    for (total, sizes) in [
      (100, [200]), (100, [60, 60]), (4000, [4001]), (60, [30, 40, 4]), (100, [101]),
      (100, [100, 1]), (200, [100, 150, 20]), (0, [1]), (0, [4096]), (100, [0, 101]),
    ] {
      XenScript.connected("\(sizes) of \(total)") {
        XenScript.refused(XenSlot.packet(total, sizes))
      }
    }
  }

  static let refusedPacketAnswersExtras = Requirement(
    "transmit/refused-packet-answers-its-extras",
    .must,
    "of a packet that is refused, requests are answered with an error and extra slots as always",
    because: "a frontend that has as many slots back as it shows is lost in its own ring otherwise",
    sources: [Source.netif, "Linux drivers/net/xen-netback/netback.c: xenvif_tx_err"],
    families: XenScript.families,
    hint: "the loop over the slots of a bad packet with the extras in it"
  ) {
    for (name, extras) in [
      ("one extra", [XenSlot.segmentation(1400)]),
      ("two extras", [.segmentation(1400, more: true), .segmentation(1400)]),
      (
        "five extras", Array(repeating: .segmentation(9, more: true), count: 4) + [.segmentation(9)]
      ),
    ] {
      for (total, pieces) in [(100, [200]), (100, [60, 60]), (0, [])] {
        XenScript.connected("\(name), \(pieces) of \(total)") {
          XenScript.refused(XenSlot.packet(total, pieces, extras: extras))
        }
      }
    }
  }

  /// Packets that every netback refuses and goes on after.
  private static let wrong: [(String, [XenSlot])] = [
    ("too long a piece", XenSlot.packet(100, [200], id: 50)),
    ("nothing", XenSlot.packet(0, id: 50)),
    ("nothing in the first piece", XenSlot.packet(100, [60, 40], id: 50)),
    ("an extra and nothing", XenSlot.packet(0, id: 50, extras: [.segmentation(1400)])),
    ("twenty slots", XenSlot.packet(1200, Array(repeating: 60, count: 19), id: 50)),
  ]

  static let refusedPacketLeavesOthers = Requirement(
    "transmit/refused-packet-leaves-others",
    .must,
    "a packet that is refused takes no slot of the packets around it with it: they are delivered and "
      + "answered",
    because:
      "the first repair of XSA-39 answered one slot too many, and the next packet's slot was answered "
      + "twice",
    sources: [Source.advisory(39), "Linux b9149729ebdc", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the slots of a bad packet counted to the end of what was shown"
  ) {
    let (before, after) = (FramePattern(60, seed: 3), FramePattern(61, seed: 4))
    for (name, slots) in wrong {
      XenScript.connected("\(name), between two others") {
        Guest.put([.last(60, id: 8)], before)
        Guest.put(slots)
        Guest.put([.last(61, id: 9)], after)
        Guest.show()
        Step.receive(before)
        Step.receive(after)
        Step.peek
        Guest.responses(
          inAnyOrder: [.okay(8)] + XenScript.errors(slots) + [.okay(9)]
        )
      }
      XenScript.connected("\(name), three times") {
        for _ in 0..<3 { Guest.put(slots) }
        Guest.put([.more(100, id: 8), .last(39, id: 9)], FramePattern(100))
        Guest.show()
        Step.receive(FramePattern(100))
        Step.peek
        let errors = XenScript.errors(slots)
        Guest.responses(errors + errors + errors + .okay(2, from: 8))
      }
    }
  }

  static let disabledRingIsLeft = Requirement(
    "transmit/disabled-ring-is-left-alone",
    .must,
    "a netback that has ended an interface for what its frontend did neither reads the ring nor writes "
      + "to it any more, and one that goes on does so in full",
    because:
      "a frontend that broke the protocol once is asked to be looked at no more; half an end keeps a "
      + "thread busy for it",
    sources: [Source.advisory(374), Source.netbackMeasured],
    families: XenScript.families,
    hint: "the flag looked at when an event comes, and not by what is under way"
  ) {
    let frames = (0..<5).map { FramePattern(60, seed: $0) }
    for (name, slots) in [
      ("a piece beyond its page", [XenSlot.last(60, id: 50, offset: 4095)]),
      ("an unknown extra", XenSlot.packet(100, id: 50, extras: [.extra(type: 0xFF)])),
    ] {
      XenScript.connected(name) {
        Guest.transmit(slots)
        Guest.responses(.violation, ["error": XenScript.errors(slots), "fatal": []])
        Guest.notifications(0...1)
        for frame in frames { Guest.put([.last(60, id: frame.seed)], frame) }
        Guest.show()
        Guest.raise(times: 3)
        for frame in frames {
          Step.receive(frame).deciding(.violation, ["error": .frame(frame), "fatal": .nothing])
        }
        Guest.responses(.violation, ["error": .okay(5, from: 0), "fatal": []])
        notifications
        indices(slots.count)
      }
    }
  }

  private static var notifications: Step {
    let (some, none) = (Outcome(.xen(.count(1...5))), Outcome(.xen(.count(0...0))))
    return Guest.notifications(0...0).deciding(.violation, ["error": some, "fatal": none])
  }

  private static func indices(_ count: Int) -> Step {
    let going = XenIndices(requestProducer: count + 5, responseProducer: count + 5)
    let stopped = XenIndices(requestProducer: count + 5, responseProducer: 0)
    return Guest.indices().deciding(
      .violation,
      ["error": Outcome(.xen(.indices(going))), "fatal": Outcome(.xen(.indices(stopped)))]
    )
  }
}
