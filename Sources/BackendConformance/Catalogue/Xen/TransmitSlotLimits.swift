/// How many slots a packet may have.
enum TransmitSlotLimits {
  static let all = [
    eighteenPass, nineteenMayPass, tooManyAreErrors, farTooManyAreBounded, wholeRingIsBounded,
  ]

  /// A packet of so many requests, the pieces behind the first of `size` bytes.
  private static func slots(_ count: Int, first: Int = 60, size: Int = 60) -> [XenSlot] {
    let pieces = Array(repeating: size, count: count - 1)
    return XenSlot.packet(first + size * (count - 1), pieces, id: 100)
  }

  private static func total(_ count: Int, first: Int = 60, size: Int = 60) -> Int {
    first + size * (count - 1)
  }

  /// Lengths of first pieces and of the others, such that all lies in the head that is copied, or not.
  private static let lengths = [(60, 60), (14, 6), (14, 1), (60, 100), (100, 3200)]

  /// Positions of pieces that have no bytes.
  private static let emptyPlaces = [[17], [16], [15, 16], [1], [1, 17]]

  static let eighteenPass = Requirement(
    "transmit/eighteen-slots-pass",
    .must,
    "a packet of eighteen slots with data passes, extra slots not counted",
    because: "frontends have been promised eighteen, and send that many for a frame of 64 KiB",
    sources: [Source.netif, Source.advisory(432), Source.netbackMeasured],
    families: XenScript.families,
    hint: "pages of a frame counted in place of slots, or extras as well"
  ) {
    for (first, size) in lengths {
      XenScript.connected("\(first) bytes and 17 times \(size)") {
        XenScript.passes(
          slots(18, first: first, size: size),
          FramePattern(total(18, first: first, size: size))
        )
      }
    }
    for empty in emptyPlaces {
      XenScript.connected("of which \(empty) are empty") {
        let pieces = (1..<18).map { empty.contains($0) ? 0 : 60 }
        let slots = XenSlot.packet(300 + pieces.reduce(0, +), pieces, id: 100)
        let frame = FramePattern(300 + pieces.reduce(0, +))
        Guest.transmit(slots, frame)
        Step.receive(frame)
        Guest.responses(inAnyOrder: XenScript.okays(slots))
      }
    }
    XenScript.connected("with an extra") {
      let large = LargeFrame(.tcp4, payload: 1000)
      let slots = XenSlot.packet(
        1054,
        Array(repeating: 50, count: 17),
        flags: 0x3,
        extras: [.segmentation(1400)]
      )
      Guest.transmit(slots, large.frame)
      Step.receive(large.segments(limit: 1514)[0])
      Guest.responses(XenScript.okays(slots))
    }
  }

  static let nineteenMayPass = Requirement(
    "transmit/nineteenth-slot-passes-or-is-refused",
    .may,
    "a packet of nineteen slots with data passes whole, or each slot of it is answered with an error",
    because:
      "Linux takes one more than it promises; a netback that takes it and has no place for it writes "
      + "behind the end of a list, or loses the end of the frame",
    sources: [Source.netbackMeasured, Source.advisory(432), Source.advisory(448)],
    families: XenScript.families,
    hint: "one count of pages and another one of slots"
  ) {
    for (first, size) in lengths {
      let frame = FramePattern(total(19, first: first, size: size))
      XenScript.connected("\(first) bytes and 18 times \(size)") {
        passesOrNot(slots(19, first: first, size: size), frame)
      }
    }
    for empty in emptyPlaces + [[17, 18]] {
      let pieces = (1..<19).map { empty.contains($0) ? 0 : 60 }
      let length = 300 + pieces.reduce(0, +)
      XenScript.connected("of which \(empty) are empty") {
        passesOrNot(XenSlot.packet(length, pieces, id: 100), FramePattern(length))
      }
    }
  }

  private static func passesOrNot(_ slots: [XenSlot], _ frame: FramePattern) -> [Step] {
    Guest.transmit(slots, frame) + [
      Step.receive(frame).deciding(.dataSlotLimit, ["19": .frame(frame), "18": .nothing]),
      Step.peek,
      answers(slots),
    ] + XenScript.goesOn
  }

  /// Taken in any order, because empty pieces may go before others, or refused.
  private static func answers(_ slots: [XenSlot]) -> Step {
    let okays = Outcome(.xen(.responsesInAnyOrder(XenScript.okays(slots))))
    let errors = Outcome(.xen(.responses(XenScript.errors(slots))))
    return Step(.xen(.responses(.transmit)), allowed: []).deciding(
      .dataSlotLimit,
      ["19": okays, "18": errors]
    )
  }

  static let tooManyAreErrors = Requirement(
    "transmit/too-many-slots-are-errors",
    .should,
    "a packet of twenty or twenty-one slots with data is an error for each slot, and the next one "
      + "passes",
    because:
      "a frontend that is a little too generous loses a frame and not its interface",
    sources: ["Linux drivers/net/xen-netback/netback.c: fatal_skb_slots", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the slots up to the limit answered, and the rest taken for a packet"
  ) {
    for count in [20, 21] {
      for (first, size) in lengths {
        XenScript.connected("\(count) slots, \(first) bytes and \(size) each") {
          XenScript.refused(slots(count, first: first, size: size))
        }
      }
      XenScript.connected("\(count) slots, one of them empty") {
        let pieces = (1..<count).map { $0 == 5 ? 0 : 60 }
        XenScript.refused(XenSlot.packet(pieces.reduce(100, +), pieces))
      }
      XenScript.connected("\(count) slots, and an extra") {
        XenScript.refused(
          XenSlot.packet(
            60 * count,
            Array(repeating: 60, count: count - 1),
            extras: [.segmentation(1400)]
          )
        )
      }
    }
  }

  static let farTooManyAreBounded = Requirement(
    "transmit/far-too-many-slots-are-refused",
    .should,
    "a packet of twenty-two slots with data or more is an error for each slot, or the end of the "
      + "interface",
    because: "a frontend decides how much memory and time a packet takes that has no limit",
    sources: [Source.advisory(39), Source.netbackMeasured],
    families: XenScript.families,
    hint: "a list that grows with the packet"
  ) {
    for count in [22, 23, 40, 255] {
      XenScript.connected("\(count) slots") {
        XenScript.refused(slots(count), .excess)
      }
    }
    XenScript.connected("22 slots, and an extra") {
      let pieces = Array(repeating: 60, count: 21)
      XenScript.refused(
        XenSlot.packet(60 * 22, pieces, extras: [.segmentation(1400)]),
        .excess
      )
    }
  }

  static let wholeRingIsBounded = Requirement(
    "transmit/packet-of-the-whole-ring-ends",
    .must,
    "a packet that goes through all slots of the ring is looked at once and refused, whether its last "
      + "slot ends it or not",
    because: "a netback that follows it round the ring never comes to an end",
    sources: [Source.advisory(39), Source.netbackMeasured],
    families: XenScript.families,
    hint: "a loop over slots that only their flags end"
  ) {
    for (name, size, isEnded) in [
      ("ended", 1, true), ("endless", 1, false), ("of nothing, endless", 0, false),
      ("of whole pages, endless", 4096, false),
    ] {
      XenScript.connected(name) {
        let last: XenSlot = isEnded ? .last(size, id: 255) : .more(size, id: 255)
        let slots =
          [.more(1000, id: 0)] + (1..<255).map { XenSlot.more(size, id: $0) } + [last]
        Guest.transmit(slots)
        Step.peek
        Guest.responses(.excess, ["error": XenScript.errors(slots), "fatal": []])
        XenScript.goesOn(unlessFatal: .excess)
      }
    }
  }
}
