/// How the slots of a packet from the frontend belong together.
enum TransmitChains {
  static let all = [
    loneRequestIsAFrame, firstSizeIsTheTotal, moreDataDecides, emptyPieceIsAnswered,
    grantsMayRepeat,
  ]

  static let loneRequestIsAFrame = Requirement(
    "transmit/lone-request-is-a-frame",
    .must,
    "a request without flags is a frame of its size from its place in the page, and is answered once",
    because: "everything else builds on it",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "offset or size read from the wrong place"
  ) {
    for (offset, length) in [(0, 60), (64, 60), (4036, 60), (0, 4096), (1, 1514), (2582, 1514)] {
      let frame = FramePattern(length, seed: offset)
      XenScript.connected("\(length) bytes at \(offset)") {
        Guest.transmit([.last(length, id: 7, offset: offset)], frame)
        Step.receive(frame)
        Guest.responses([.okay(7)])
        Guest.indices(requests: 1, responses: 1)
        Step.peek
      }
    }
  }

  static let firstSizeIsTheTotal = Requirement(
    "transmit/first-size-is-the-total",
    .must,
    "the size of a packet's first request is that of the packet, and the first piece is what the others "
      + "leave of it",
    because: "a netback that takes it for the piece's own sends what else is in the page",
    sources: [Source.netif, "Xen io/netif.h, wire format"],
    families: XenScript.families,
    hint: "the first size used as the length of the first piece"
  ) {
    for lengths in [[60, 40], [110, 40, 50], [14, 4096], [1500, 14], [400, 1, 1]] {
      let total = lengths.reduce(0, +)
      let frame = FramePattern(total)
      XenScript.connected("pieces of \(lengths)") {
        let rest = lengths.dropFirst()
        let slots = rest.enumerated().map { number, length -> XenSlot in
          number == rest.count - 1
            ? .last(length, id: 17 + number) : .more(length, id: 17 + number)
        }
        Guest.transmit([.more(total, id: 16)] + slots, frame)
        Step.receive(frame)
        Guest.responses(lengths.indices.map { .okay(16 + $0) })
        Step.peek
      }
    }
  }

  static let moreDataDecides = Requirement(
    "transmit/more-data-decides",
    .must,
    "a slot belongs to the packet of the slot before it if that says so, and to no packet before it "
      + "otherwise",
    because:
      "a netback that looks at the wrong slot joins two packets, or takes the end of one for a packet",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint:
      "the flags of the first request, or of the slot itself, in place of those of the one before"
  ) {
    for packets in [[3, 1], [1, 3, 1], [2, 2, 2], [1, 1, 4], [4, 3, 2, 1]] {
      XenScript.connected("packets of \(packets) slots") {
        let frames = packets.indices.map { FramePattern(60 + $0, seed: $0) }
        for (number, count) in packets.enumerated() {
          let pieces = Array(repeating: 10 + number, count: count - 1)
          Guest.put(XenSlot.packet(60 + number, pieces, id: number * 10), frames[number])
        }
        Guest.show()
        for frame in frames { Step.receive(frame) }
        Step.peek
        Guest.responses(
          inAnyOrder: packets.enumerated().flatMap { [XenResponse].okay($1, from: $0 * 10) }
        )
      }
    }
  }

  static let emptyPieceIsAnswered = Requirement(
    "transmit/empty-piece-is-answered",
    .must,
    "a piece of no bytes behind the first is answered as the others, adds nothing to the frame, and "
      + "its grant is not looked at",
    because:
      "a piece of nothing in the list of pieces shifts the others against their grants, and a netback "
      + "gives back what it never took",
    sources: [Source.advisory(448), Source.netbackMeasured],
    families: XenScript.families,
    hint: "an operation for each slot, and a list of pieces without the empty ones"
  ) {
    for pieces in [[0, 40], [0, 0], [40, 0], [0, 0, 0, 40, 0], [0, 10, 0, 10, 0]] {
      XenScript.connected("pieces of \(pieces) of 100") {
        XenScript.passesWithoutGrants(of: pieces, total: 100)
      }
    }
    XenScript.connected("[0, 400] of 1000") {
      XenScript.passesWithoutGrants(of: [0, 400], total: 1000)
    }
  }

  static let grantsMayRepeat = Requirement(
    "transmit/grants-may-repeat",
    .must,
    "one page may hold several pieces of a packet, and be that of several packets at a time",
    because: "frontends put a frame's headers and the end of its data into one page",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "a table of what is in flight with the grant as its key"
  ) {
    let frame = FramePattern(120)
    XenScript.connected("three pieces of one page") {
      XenScript.passes(
        [.more(120, id: 1, page: 7), .more(50, id: 2, offset: 2000, page: 7)]
          + [.last(30, id: 3, offset: 4066, page: 7)],
        frame
      )
    }
    XenScript.connected("four packets of one page") {
      let frames = (0..<4).map { FramePattern(60, seed: $0) }
      for (number, frame) in frames.enumerated() {
        Guest.put([.last(60, id: number, offset: number * 60, page: 7)], frame)
      }
      Guest.show()
      for frame in frames { Step.receive(frame) }
      Guest.responses(.okay(4, from: 0))
    }
  }
}

extension XenScript {
  /// A packet passes whose empty pieces have no page.
  fileprivate static func passesWithoutGrants(of pieces: [Int], total: Int) -> [Step] {
    let frame = FramePattern(total)
    let slots = XenSlot.packet(total, pieces).map { slot -> XenSlot in
      guard case .request(var request) = slot, request.size == 0 else { return slot }
      request.grant = 999_999
      return .request(request)
    }
    let first = total - pieces.reduce(0, +)
    let copies = ([first] + pieces).enumerated().filter { $0.element > 0 }.map {
      XenCopy(.transmit, page: $0.offset, offset: 0, length: $0.element)
    }
    return Guest.transmit(slots, frame) + [
      Step.receive(frame), Guest.responses(inAnyOrder: okays(slots)), Guest.copies(copies),
    ]
  }
}
