/// Slots byte for byte.
enum TransmitWireExamples {
  static let all = [fieldsLieWhereTheHeaderHasThem]

  static let fieldsLieWhereTheHeaderHasThem = Requirement(
    "transmit/fields-lie-where-the-header-has-them",
    .must,
    "requests, extras and answers have their fields where the header has them, the low byte first, and "
      + "an answer takes four bytes of its slot",
    because:
      "who writes both ends agrees with himself and with nobody else, as one did who forgot the hole "
      + "in a structure",
    sources: [Source.netif, "mirage-net-xen: offsets of transmit requests"],
    families: XenScript.families,
    hint: "structures of the language in place of offsets"
  ) {
    XenScript.connected("a frame in one slot") {
      passes([lone], [.bytes(lone)], FramePattern(60), answers: ["07000000"])
    }
    XenScript.connected("a frame in three slots") {
      passes(three, three.map { .bytes($0) }, FramePattern(200), answers: okay(0x10...0x12))
    }
    XenScript.connected("a frame in three slots, whose checksum is missing") {
      let large = LargeFrame(.tcp4, payload: 146)
      passes(
        threeElsewhere,
        threeElsewhere.map { .bytes($0) },
        large.frame,
        delivered: large.segments(limit: 1514),
        answers: okay(0x10...0x12)
      )
    }
    XenScript.connected("a frame that is to be cut") {
      let large = LargeFrame(.tcp4, payload: 7306 - 54)
      passes(
        segmented,
        segmented.enumerated().map { $0 == 1 ? .segmentation(1448) : .bytes($1) },
        large.frame,
        delivered: large.segments(limit: 1502),
        answers: ["20000000", nil, "21000000", "22000000"]
      )
    }
    groups
    for (choice, extra, hexadecimal) in [
      (XenChoice.hashExtra, XenSlot.hash(0x51CC_C178), "0400010178c1cc5100000000"),
      (.headroomExtra, .extra(type: 5, payload: [0, 1]), "050000010000000000000000"),
    ] {
      XenScript.connected("\(extra)") { one(choice, extra, Self.bytes(hexadecimal)) }
    }
    refused
  }

  private static let lone = bytes("2a000000400000000700 3c00")
  private static let three = [
    "0101000000000400 1000c800", "0201000000000400 11002800", "0301000000000000 12003200",
  ].map(bytes)
  private static let threeElsewhere = [
    "0101000000010700 1000c800", "0201000000000400 11002800", "0301000000080000 12003200",
  ].map(bytes)
  private static let segmented = [
    "0002000002000f00 20008a1c", "0100a80501000000 00000000", "0102000000000400 21000010",
    "0202000000000000 2200480c",
  ].map(bytes)

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  private static func okay(_ ids: ClosedRange<UInt8>) -> [String] {
    ids.map { Hexadecimal.string([$0, 0, 0, 0]) }
  }

  /// Slots stand in the ring as they should, and are answered in their first four bytes.
  private static func passes(
    _ bytes: [[UInt8]],
    _ slots: [XenSlot],
    _ frame: FramePattern,
    delivered: [FramePattern]? = nil,
    answers: [String?]
  ) -> [Step] {
    var steps = [Guest.put(slots, frame)]
    steps += bytes.enumerated().map { Guest.slot($0, $1) }
    steps.append(Guest.show())
    steps += (delivered ?? [frame]).map { Step.receive($0) } + [Step.peek]
    for (number, answer) in answers.enumerated() {
      // The identifier that answers an extra may be anything.
      guard let answer else { continue }
      steps.append(Guest.slot(number, Self.bytes(answer) + bytes[number].dropFirst(4)))
    }
    return steps
  }

  /// Slots that ask for frames to a group, and for none.
  private static var groups: [Script] {
    [(false, "02", "30"), (true, "03", "31")].map { isDeleting, type, id in
      let request = bytes("0000000000000800\(id)000000")
      let group: [UInt8] = [1, 0, 0x5E, 0, 0, 0xFB]
      return XenScript.connected(isDeleting ? "a group less" : "a group more") {
        Guest.put([.bytes(request), .group(group, deleting: isDeleting)])
        Guest.slot(0, request)
        Guest.slot(1, bytes("\(type)0001005e0000fb00000000"))
        Guest.show()
        Step.peek
        let status = Guest.slot(0, []).deciding(
          .multicastControl,
          [
            "offered": Outcome(.xen(.bytes(bytes("\(id)0000000000 0800\(id)000000")))),
            "missing": Outcome(.xen(.bytes(bytes("\(id)00ffff0000 0800\(id)000000")))),
          ]
        )
        status
      }
    }
  }

  /// A packet with one extra that a netback need not know.
  private static func one(_ choice: XenChoice, _ extra: XenSlot, _ bytes: [UInt8]) -> [Step] {
    let frame = FramePattern(100)
    let slots = XenSlot.packet(100, id: 1, extras: [extra])
    return [
      Guest.put(slots, frame), Guest.slot(1, bytes), Guest.show(),
      Step.receive(frame).deciding(choice, ["known": .frame(frame), "unknown": .nothing]),
      Guest.responses(choice, ["known": [.okay(1), .null], "unknown": [.error(1), .null]]),
    ]
  }

  /// Packets that are refused.
  private static var refused: [Script] {
    let underflow = ["0a00000000000400 01006400", "0b00000000000000 0200c800"].map(bytes)
    let crossing = bytes("2a000000c50f0000 07003c00")
    return [
      XenScript.connected("a piece that is too long") {
        Guest.transmit(underflow.map { .bytes($0) })
        Step.peek
        Guest.slot(0, bytes("0100ffff 0000040001006400"))
        Guest.slot(1, bytes("0200ffff 000000000200c800"))
      },
      XenScript.connected("a piece that ends beyond its page") {
        Guest.transmit([.bytes(crossing)])
        Step.peek
        Guest.slot(0, []).deciding(
          .violation,
          [
            "error": Outcome(.xen(.bytes(bytes("0700ffff") + crossing.dropFirst(4)))),
            "fatal": Outcome(.xen(.bytes(crossing))),
          ]
        )
      },
    ]
  }
}
