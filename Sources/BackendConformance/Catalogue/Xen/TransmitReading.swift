/// What a frontend changes while the netback looks at it, or afterwards.
enum TransmitReading {
  static let all = [requestIsReadOnce, extraIsReadOnce, okayComesAfterReading]

  static let requestIsReadOnce = Requirement(
    "transmit/request-is-read-once",
    .must,
    "each field of a request is read once: what the frontend writes over it afterwards changes nothing",
    because:
      "a length that has been checked is another one when it is used: a frontend writes into the "
      + "netback's memory so",
    sources: [Source.advisory(155)],
    families: XenScript.families,
    hint: "a pointer into the ring where a copy should be, which compilers make of a copy too"
  ) {
    let frame = FramePattern(60)
    for (name, changed) in [
      ("size", XenSlot.last(0xFFFF, id: 7)), ("smaller size", .last(14, id: 7)),
      ("no size", .last(0, id: 7)), ("offset", .last(60, id: 7, offset: 0xF00)),
      ("offset beyond the page", .last(60, id: 7, offset: 0xFFFF)),
      ("more data and an extra", .last(60, flags: 0xC, id: 7)),
      ("checksum to be filled in", .last(60, flags: 0x1, id: 7)),
      ("grant", .last(60, id: 7, page: 9)), ("no grant", .last(60, id: 7, grant: 0)),
      ("identifier", .last(60, id: 8)),
    ] {
      XenScript.connected("another \(name)") {
        Guest.put([.last(60, id: 7)], frame)
        Guest.changeAfterRead(0, changed)
        Guest.show()
        Step.receive(frame)
        Guest.responses([.okay(7)])
        Step.peek
      }
    }
    for (name, position, changed) in [
      ("total", 0, XenSlot.more(0xFFFF, id: 1)), ("total and no more data", 0, .last(100, id: 1)),
      ("size of a piece", 1, .more(4000, id: 2)), ("size of none", 1, .more(0, id: 2)),
      ("end", 1, .last(20, id: 2)), ("last size", 2, .last(0xFFFF, id: 3)),
      ("last flags", 2, .more(20, id: 3)), ("last offset", 2, .last(20, id: 3, offset: 4090)),
    ] {
      XenScript.connected("a packet of three with another \(name)") {
        Guest.put(XenSlot.packet(100, [20, 20]), FramePattern(100))
        Guest.changeAfterRead(position, changed)
        Guest.show()
        Step.receive(FramePattern(100))
        Guest.responses(.okay(3))
        Step.peek
      }
    }
  }

  static let extraIsReadOnce = Requirement(
    "transmit/extra-is-read-once",
    .must,
    "each field of an extra is read once: what the frontend writes over it afterwards changes nothing",
    because: "a type that has been checked is an index into a table when it is used",
    sources: [Source.advisory(155)],
    families: XenScript.families,
    hint: "the extra used where it lies in the ring, because only its type was thought dangerous"
  ) {
    let large = LargeFrame(.tcp4, payload: 100)
    for (name, changed) in [
      ("type", XenSlot.extra(type: 0xFF, payload: XenExtra.segmentation(50, 1))),
      ("type of none", .extra(type: 0, payload: XenExtra.segmentation(50, 1))),
      ("size", .segmentation(0)), ("smaller size", .segmentation(1)),
      ("kind", .segmentation(50, kind: 3)),
      ("flag for another one", .segmentation(50, more: true)),
    ] {
      XenScript.connected("another \(name)") {
        let slots = XenSlot.packet(154, [40], flags: 0x3, extras: [.segmentation(50)])
        Guest.put(slots, large.frame)
        Guest.changeAfterRead(1, changed)
        Guest.show()
        for segment in large.segments(limit: 104) { Step.receive(segment) }
        Step.peek
        Guest.responses(.okay(2, extras: 1))
      }
    }
  }

  static let okayComesAfterReading = Requirement(
    "transmit/okay-comes-after-reading",
    .must,
    "a slot is not answered before its bytes have been read: what the frontend writes into the page "
      + "afterwards is in no frame",
    because: "the page is the frontend's again, which puts the next frame or a password into it",
    sources: [Source.advisory(403), "Linux 7fbb9d8415d4", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the answer written when the page is lent, and the page read when somebody receives"
  ) {
    for length in [60, 100, 1000, 4096] {
      XenScript.connected("\(length) bytes") {
        let frame = FramePattern(length)
        Guest.transmit([.last(length, id: 7)], frame)
        Guest.responses([.okay(7)])
        Guest.store(Array(repeating: 0xEE, count: length), page: 0)
        Step.receive(frame)
      }
    }
    XenScript.connected("three pieces") {
      let frame = FramePattern(1700)
      Guest.transmit(XenSlot.packet(1700, [300, 400]), frame)
      Guest.responses(.okay(3))
      for page in 0..<3 { Guest.store(Array(repeating: 0xEE, count: 1000), page: page) }
      Step.receive(frame)
    }
  }
}
