/// What the flags of requests mean, and what they do not.
enum TransmitFlagCases {
  static let all = [laterFlagsMeanNothing, laterExtraFlagMeansNothing, unknownFlagsMeanNothing]

  static let laterFlagsMeanNothing = Requirement(
    "transmit/later-checksum-flags-mean-nothing",
    .should,
    "what the pieces behind the first say of checksums counts for nothing",
    because:
      "a checksum that nobody asked for is written over what the frontend sent, and one that was asked "
      + "for stays away",
    sources: [Source.netbackMeasured, "FreeBSD netback.c xnb_txpkt2mbuf"],
    families: XenScript.families,
    hint: "the flags of all slots joined"
  ) {
    let large = LargeFrame(.tcp4, payload: 100)
    let total = large.frame.length
    let whole = large.segments(limit: 1514)[0]
    for flags in [XenSlot.Flag.blank, XenSlot.Flag.validated, 0x3] {
      for (head, frame) in [(0, large.frame), (XenSlot.Flag.blank, whole)] {
        XenScript.connected("flags \(head), then \(flags)") {
          let slots: [XenSlot] = [
            .more(total, flags: head, id: 1), .more(30, flags: flags, id: 2),
            .last(30, flags: flags, id: 3),
          ]
          Guest.transmit(slots, large.frame)
          Step.receive(frame)
          Guest.responses(.okay(3))
        }
      }
    }
  }

  static let laterExtraFlagMeansNothing = Requirement(
    "transmit/extras-belong-to-first-requests",
    .should,
    "a piece behind the first has no extras, whatever it says: what follows it is a request",
    because:
      "the slot behind it is taken for an extra, and the frame that is there is lost, or its grant is "
      + "taken for a type",
    sources: [Source.netbackMeasured, "FreeBSD netback.c xnb_ring2pkt"],
    families: XenScript.families,
    hint: "the test for extras within the loop over the pieces"
  ) {
    let frame = FramePattern(100)
    for isLast in [true, false] {
      XenScript.connected(isLast ? "the last piece" : "a piece in the middle") {
        Guest.put([.more(100, id: 1)], nil)
        if isLast {
          Guest.put([.last(40, flags: XenSlot.Flag.extra, id: 2)])
        } else {
          Guest.put([.more(20, flags: XenSlot.Flag.extra, id: 2), .last(20, id: 3)])
        }
        Guest.store(Array(frame.contents()[..<60]), page: 0)
        if isLast {
          Guest.store(Array(frame.contents()[60...]), page: 1)
        } else {
          Guest.store(Array(frame.contents()[60..<80]), page: 1)
          Guest.store(Array(frame.contents()[80...]), page: 2)
        }
        Guest.put([.last(64, id: 99)], XenScript.next)
        Guest.show()
        Step.receive(frame)
        Step.receive(XenScript.next)
        Guest.responses(inAnyOrder: .okay(isLast ? 2 : 3) + [.okay(99)])
      }
    }
  }

  static let unknownFlagsMeanNothing = Requirement(
    "transmit/unknown-flags-mean-nothing",
    .should,
    "the flags of a request that have no name change nothing",
    because:
      "a frontend that is newer than the netback, or that leaves old bits behind, sends nothing",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "flags compared as a number"
  ) {
    let frame = FramePattern(100)
    for flags in [0x10, 0x40, 0x8000, 0xFFF0] {
      XenScript.connected("flags \(flags) in a packet of its own") {
        XenScript.passes(XenSlot.packet(100, flags: flags), frame)
      }
      XenScript.connected("flags \(flags) in each slot of three") {
        XenScript.passes(
          [.more(100, flags: flags, id: 1), .more(20, flags: flags, id: 2)]
            + [.last(20, flags: flags, id: 3)],
          frame
        )
      }
    }
  }
}
