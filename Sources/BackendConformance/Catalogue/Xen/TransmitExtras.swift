/// The extra slots of packets from the frontend.
enum TransmitExtras {
  static let all = [
    extrasFollowTheFirst, extrasAreChained, restOfFlagsMeansNothing, repeatedExtraCountsOnce,
    unknownExtraIsRefused, headroomMovesNothing,
  ]

  private static let large = LargeFrame(.tcp4, payload: 100)
  private static var frame: FramePattern { large.frame }
  private static var whole: FramePattern { large.segments(limit: 1514)[0] }

  static let extrasFollowTheFirst = Requirement(
    "transmit/extras-follow-the-first-request",
    .must,
    "the slots behind a first request that says so are extras until one of them is the last, and then "
      + "come the pieces, if there are any",
    because:
      "the two chains are independent: a netback that mixes them up takes an extra for a piece of data, "
      + "whose length and grant are what happens to be there",
    sources: [Source.netif, "FreeBSD netback_unit_tests.c", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the flag for more data of the slot before, which is an extra and has other flags there"
  ) {
    for pieces in [[], [50], [50, 40], [1, 1, 1, 1]] {
      XenScript.connected("before the pieces \(pieces)") {
        let slots = XenSlot.packet(
          frame.length,
          pieces,
          id: 69,
          flags: 0x3,
          extras: [.segmentation(1400)]
        )
        Guest.put(slots, frame)
        Guest.put([.last(64, id: 99)], XenScript.next)
        Guest.show()
        Step.receive(whole)
        Step.receive(XenScript.next)
        Step.peek
        Guest.responses(inAnyOrder: XenScript.okays(slots) + [.okay(99)])
      }
    }
  }

  static let extrasAreChained = Requirement(
    "transmit/extras-are-chained",
    .must,
    "extras go on for as long as each says that another one follows, in any order of their types",
    because:
      "a netback that expects one extra takes the second for a piece of data, and one that expects "
      + "an order takes the frames of one frontend and not of another",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "room for one extra"
  ) {
    let both: [(String, [XenSlot])] = [
      ("segmentation, then hash", [.segmentation(1400, more: true), .hash(0x51CC_C178)]),
      ("hash, then segmentation", [.hash(0x51CC_C178, more: true), .segmentation(1400)]),
    ]
    for (name, extras) in both {
      for pieces in [[], [50], [50, 40]] {
        XenScript.connected("\(name), before \(pieces)") {
          let slots = XenSlot.packet(frame.length, pieces, flags: 0x3, extras: extras)
          Guest.transmit(slots, frame)
          Step.receive(whole).deciding(.hashExtra, ["known": .frame(whole), "unknown": .nothing])
          Guest.responses(
            .hashExtra,
            ["known": XenScript.okays(slots), "unknown": XenScript.errors(slots)]
          )
          XenScript.goesOn
        }
      }
    }
  }

  static let restOfFlagsMeansNothing = Requirement(
    "transmit/rest-of-extra-flags-means-nothing",
    .should,
    "of an extra's flags the lowest bit alone says whether another extra follows",
    because:
      "the others are reserved: a netback that looks at them waits for a slot that never comes",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "any flag taken for the one that is known"
  ) {
    for flags in [0x02, 0x80, 0xFE] {
      XenScript.connected("flags \(flags)") {
        let payload = XenExtra.segmentation(1400, 1)
        let extra = XenSlot.extra(XenExtra(type: 1, flags: flags, payload: payload))
        let slots = XenSlot.packet(frame.length, [50], flags: 0x3, extras: [extra])
        Guest.transmit(slots, frame)
        Step.receive(whole)
        Guest.responses(XenScript.okays(slots))
        XenScript.goesOn
      }
    }
  }

  static let repeatedExtraCountsOnce = Requirement(
    "transmit/repeated-extra-counts-once",
    .should,
    "of two extras of one type the last one counts, or the packet is refused",
    because:
      "a netback that keeps both cuts a frame by one of them and answers by the other, and one that "
      + "has room for a few runs out of it",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "extras appended to a list of as many as there are types"
  ) {
    for (first, count) in [(50, 1), (1400, 1), (0, 1), (1, 1), (50, 6), (50, 19)] {
      XenScript.connected("\(count) of \(first) bytes, then one of 1400") {
        let extras = Array(repeating: XenSlot.segmentation(first, more: true), count: count)
        let slots = XenSlot.packet(
          frame.length,
          [50],
          flags: 0x3,
          extras: extras + [.segmentation(1400)]
        )
        Guest.transmit(slots, frame)
        Step.receive(whole).deciding(.repeatedExtra, ["last": .frame(whole), "refused": .nothing])
        Step.peek
        Guest.responses(
          .repeatedExtra,
          ["last": XenScript.okays(slots), "refused": XenScript.errors(slots)]
        )
        XenScript.goesOn
      }
    }
  }

  static let unknownExtraIsRefused = Requirement(
    "transmit/unknown-extra-is-refused",
    .must,
    "a packet with an extra of type 0, or of a type that nobody knows, is refused",
    because:
      "what it asks for is not known, so what is done with the frame is wrong; and a type is an index "
      + "into a table of those that are known",
    sources: [Source.netif, Source.netbackMeasured, "FreeBSD netback_unit_tests.c: invalid extra"],
    families: XenScript.families,
    hint: "a type above the last one compared with <, or 0 let through"
  ) {
    for type in [0, 6, 7, 8, 0x80, 0xFF] {
      for pieces in [[], [40], [40, 10]] {
        XenScript.connected("type \(type), before \(pieces)") {
          XenScript.refused(
            XenSlot.packet(100, pieces, id: 69, extras: [.extra(type: type)]),
            .violation
          )
        }
      }
      XenScript.connected("type \(type) behind one that is known") {
        XenScript.refused(
          XenSlot.packet(100, [40], extras: [.segmentation(1400, more: true), .extra(type: type)]),
          .violation
        )
      }
    }
  }

  static let headroomMovesNothing = Requirement(
    "transmit/headroom-extra-moves-nothing",
    .may,
    "an extra that tells of headroom, which is for the other direction, is ignored or refused",
    because: "a netback that believes it begins to read behind the frame",
    sources: ["Linux xen/interface/io/netif.h", Source.netbackMeasured],
    families: XenScript.families,
    hint: "one parser of extras for both directions"
  ) {
    let frame = FramePattern(100)
    for headroom in [0, 1, 256, 0xFFFF] {
      XenScript.connected("headroom of \(headroom) bytes") {
        let payload = [UInt8(headroom & 0xFF), UInt8(headroom >> 8), 0, 0, 0, 0]
        let extra = XenSlot.extra(type: 5, payload: payload)
        let slots = XenSlot.packet(100, [40], extras: [extra])
        Guest.transmit(slots, frame)
        Step.receive(frame).deciding(.headroomExtra, ["known": .frame(frame), "unknown": .nothing])
        Guest.responses(
          .headroomExtra,
          ["known": XenScript.okays(slots), "unknown": XenScript.errors(slots)]
        )
        XenScript.goesOn
      }
    }
  }
}
