/// How the slots of packets are answered.
enum TransmitResponses {
  static let all = [
    identifiersAreEchoed, eachSlotIsAnswered, extrasAreAnsweredNull, nullFollowsTheFirst,
    responsesMayOvertake,
  ]

  static let identifiersAreEchoed = Requirement(
    "transmit/identifiers-are-echoed",
    .must,
    "a request is answered under its own identifier, which may be any number, in use or not",
    because: "the frontend frees the buffer that the identifier stands for",
    sources: [Source.netif, "mirage-net-xen 1.5.0", Source.netbackMeasured],
    families: XenScript.families,
    hint: "identifiers taken for indices, or for keys of a table"
  ) {
    let frame = FramePattern(60)
    for id in [0, 1, 0xFF, 0x0100, 0x7FFF, 0x8000, 0x8001, 0xFFFF] {
      XenScript.connected("identifier \(id)") {
        Guest.transmit([.last(60, id: id)], frame)
        Step.receive(frame)
        Guest.responses([.okay(id)])
        // The answer, and what the request still has behind it: offset, flags, identifier, size.
        let bytes = [UInt8(id & 0xFF), UInt8(id >> 8)]
        Guest.slot(0, bytes + [0, 0, 0, 0, 0, 0] + bytes + [60, 0])
      }
    }
    for ids in [[7, 7], [0, 0, 0], [9, 8, 9, 8]] {
      XenScript.connected("identifiers \(ids) at a time") {
        let frames = ids.indices.map { FramePattern(60, seed: $0) }
        for (number, id) in ids.enumerated() {
          Guest.put([.last(60, id: id)], frames[number])
        }
        Guest.show()
        for frame in frames { Step.receive(frame) }
        Guest.responses(ids.map { .okay($0) })
      }
    }
    XenScript.connected("one identifier for all slots of a packet") {
      Guest.transmit([.more(100, id: 7), .more(30, id: 7), .last(30, id: 7)], FramePattern(100))
      Step.receive(FramePattern(100))
      Guest.responses([.okay(7), .okay(7), .okay(7)])
    }
  }

  static let eachSlotIsAnswered = Requirement(
    "transmit/each-slot-is-answered-once",
    .must,
    "each slot that was shown has one answer, with a status that there is",
    because:
      "a frontend that has an answer too few has a slot less from then on, and one that has one too "
      + "many frees a buffer twice",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "extra slots, or those of refused packets, left out"
  ) {
    let large = LargeFrame(.tcp4, payload: 100)
    let slots: [[XenSlot]] = [
      XenSlot.packet(60, id: 1), XenSlot.packet(100, [20, 20], id: 10),
      XenSlot.packet(154, [50], id: 20, flags: 0x3, extras: [.segmentation(1400)]),
      XenSlot.packet(100, [200, 1], id: 30),
      XenSlot.packet(0, id: 40, extras: [.segmentation(1400)]), XenSlot.packet(61, id: 50),
    ]
    let frames = [FramePattern(60), FramePattern(100), large.frame]
    let (last, whole) = (FramePattern(61), large.segments(limit: 1514)[0])
    for isTogether in [true, false] {
      XenScript.connected(isTogether ? "six packets at once" : "six packets one by one") {
        for (number, packet) in slots.enumerated() {
          Guest.put(packet, number == 5 ? last : number < 3 ? frames[number] : nil)
          if !isTogether { Guest.show() }
        }
        if isTogether { Guest.show() }
        for frame in [frames[0], frames[1], whole, last] { Step.receive(frame) }
        Step.peek
        Guest.responses(
          inAnyOrder: slots.enumerated().flatMap {
            (3...4).contains($0) ? XenScript.errors($1) : XenScript.okays($1)
          }
        )
        let count = slots.reduce(0) { $0 + $1.count }
        Guest.indices(requests: count, responses: count)
        Guest.raise(times: 2)
        Guest.responses([])
      }
    }
  }

  static let extrasAreAnsweredNull = Requirement(
    "transmit/extras-are-answered-null",
    .must,
    "an extra slot is answered with status 1, whatever comes of its packet, and its identifier means "
      + "nothing",
    because: "the frontend frees the buffer of an identifier that it never gave out",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "status 0 for all slots of a packet that was taken"
  ) {
    let large = LargeFrame(.tcp4, payload: 946)
    XenScript.connected("a packet that passes") {
      let slots = XenSlot.packet(1000, id: 69, flags: 0x3, extras: [.segmentation(1400)])
      Guest.transmit(slots, large.frame)
      Step.receive(large.segments(limit: 1514)[0])
      Guest.responses([.okay(69), .null])
    }
    XenScript.connected("a packet that is refused") {
      Guest.transmit(XenSlot.packet(0, id: 69, extras: [.segmentation(1400)]))
      Step.peek
      Guest.responses([.error(69), .null])
    }
    XenScript.connected("a packet that cannot be read") {
      let slots: [XenSlot] = [
        .last(1000, flags: 0xB, id: 69, grant: 999_999), .segmentation(1400),
      ]
      Guest.transmit(slots)
      Step.peek
      Guest.responses([.error(69), .null])
    }
  }

  static let nullFollowsTheFirst = Requirement(
    "transmit/null-follows-the-first-answer",
    .must,
    "the answers to extras follow the answer to their packet's first request",
    because:
      "frontends take as many answers as the first request has extras behind its own for theirs",
    sources: ["Linux drivers/net/xen-netback/netback.c: make_tx_response", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the extras answered when they are read, or at the packet's end"
  ) {
    for (name, payload, pieces) in [
      ("1000, 300 and 400", 1646, [300, 400]), ("60, 20 and 20", 46, [20, 20]),
      ("14, and 100 at a time", 960, Array(repeating: 100, count: 10)),
    ] {
      let large = LargeFrame(.tcp4, payload: payload)
      let total = large.frame.length
      XenScript.connected("pieces of \(name)") {
        let slots = XenSlot.packet(
          total,
          pieces,
          id: 254,
          flags: 0x3,
          extras: [.segmentation(9000)]
        )
        Guest.transmit(slots, large.frame)
        Step.receive(large.segments(limit: 9054)[0])
        Guest.responses(.okay(1 + pieces.count, from: 254, extras: 1))
      }
    }
    XenScript.connected("behind another packet") {
      let large = LargeFrame(.tcp4, payload: 46)
      Guest.put(XenSlot.packet(60, id: 1), FramePattern(60))
      Guest.put(
        XenSlot.packet(100, [40], id: 2, flags: 0x3, extras: [.segmentation(1400)]),
        large.frame
      )
      Guest.show()
      Step.receive(FramePattern(60))
      Step.receive(large.segments(limit: 1514)[0])
      Guest.responses([.okay(1), .okay(2), .null, .okay(3)])
    }
  }

  static let responsesMayOvertake = Requirement(
    "transmit/answers-may-overtake",
    .may,
    "answers come in the order of their slots, or those of bytes that were copied at once before "
      + "those of pages that were lent; none is missing, and frames keep their order",
    because: "a frontend that expects answers in order hangs, and one that is short of one leaks",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "an answer written for the slot it stands in, and not for the one that is done"
  ) {
    for (name, packets, copiedFirst) in Self.overtaking {
      XenScript.connected(name) {
        let frames = packets.map { FramePattern($0[0], seed: $0[0]) }
        let ids = Self.firstIDs(packets)
        for (number, packet) in packets.enumerated() {
          Guest.put(
            XenSlot.packet(packet[0], Array(packet.dropFirst()), id: ids[number]),
            frames[number]
          )
        }
        Guest.show()
        for frame in frames { Step.receive(frame) }
        let inOrder = (1...copiedFirst.count).map { XenResponse.okay($0) }
        let other = copiedFirst.map { XenResponse.okay($0) }
        Guest.responses(.responseOrder, ["inOrder": inOrder, "copiedFirst": other])
      }
    }
  }

  /// Totals of packets with the pieces behind the first, and the order of answers if those to copied
  /// bytes go first.
  private static let overtaking: [(String, [[Int]], [Int])] = [
    ("128 and 64 bytes", [[128], [64]], [1, 2]),
    ("129 and 64 bytes", [[129], [64]], [2, 1]),
    ("long and short in turn", [[1000], [60], [2000], [64]], [2, 4, 1, 3]),
    ("a packet of three, and one", [[200, 40, 50], [64]], [1, 4, 2, 3]),
    ("empty pieces", [[100, 0, 0], [64]], [2, 3, 1, 4]),
    ("ten short ones", Array(repeating: [60], count: 10), Array(1...10)),
    ("ten long ones", Array(repeating: [500], count: 10), Array(1...10)),
  ]

  private static func firstIDs(_ packets: [[Int]]) -> [Int] {
    packets.indices.map { number in packets[..<number].reduce(1) { $0 + $1.count } }
  }
}
