/// How long frames and their first pieces may be.
enum TransmitSizes {
  static let all = [
    runtsPassUnpadded, longestFramePasses, emptyFirstPieceIsRefused, shortFirstPieceIsRefused,
    overlongFrameIsRefused,
  ]

  static let runtsPassUnpadded = Requirement(
    "transmit/runts-pass-unpadded",
    .should,
    "frames that are shorter than Ethernet's shortest pass as they are, from fourteen bytes on",
    because:
      "guests send them: a reply to an ARP request has forty-two bytes, and a netback that pads it with "
      + "what was in its memory tells somebody about it",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "the length of the buffer in place of that of the frame"
  ) {
    for length in [14, 15, 42, 59, 60] {
      XenScript.connected("\(length) bytes") {
        XenScript.passes(XenSlot.packet(length), FramePattern(length))
      }
    }
    for pieces in [[14], [1], [10, 10, 8]] {
      XenScript.connected("14 bytes and \(pieces)") {
        let total = pieces.reduce(14, +)
        XenScript.passes(XenSlot.packet(total, pieces), FramePattern(total))
      }
    }
  }

  static let longestFramePasses = Requirement(
    "transmit/longest-frame-passes",
    .must,
    "a frame of 65535 bytes passes, which is the most that a request can say",
    because:
      "a frontend that segments in the netback sends it, and falls silent when it is refused",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "a sum in 16 bits, or a buffer for 16 pages less one byte"
  ) {
    for (first, count) in [(4095, 15), (4094, 15), (4096, 14), (14, 15), (4096, 1)] {
      XenScript.connected("\(first) bytes and \(count) pages") {
        let total = first + count * 4096
        XenScript.passes(
          XenSlot.packet(total, Array(repeating: 4096, count: count)),
          FramePattern(total)
        )
      }
    }
  }

  static let emptyFirstPieceIsRefused = Requirement(
    "transmit/empty-first-piece-is-refused",
    .must,
    "a packet whose first piece has no bytes is an error for each of its slots",
    because: "what looks at the frame's header looks into a page that holds none of it",
    sources: [Source.netbackMeasured, "Linux drivers/net/xen-netback/netback.c"],
    families: XenScript.families,
    hint: "the total compared with the least length in place of what is left of it"
  ) {
    for pieces in [[], [100], [60, 40], [4096], [0], [0, 0]] {
      XenScript.connected("all of it in \(pieces)") {
        XenScript.refused(XenSlot.packet(pieces.reduce(0, +), pieces))
      }
    }
    XenScript.connected("nothing, with a grant that is none") {
      XenScript.refused([.last(0, id: 1, grant: 999_999)])
    }
    for offset in [4095, 4096, 0xFFFF] {
      XenScript.connected("nothing at \(offset)") {
        XenScript.refused([.last(0, id: 1, offset: offset)])
      }
    }
  }

  static let shortFirstPieceIsRefused = Requirement(
    "transmit/short-first-piece-is-refused",
    .should,
    "a packet whose first piece is shorter than an Ethernet header is an error for each of its slots",
    because: "what looks at the header has to gather it first, or reads behind the piece",
    sources: [Source.netbackMeasured, "Linux drivers/net/xen-netback/netback.c: ETH_HLEN"],
    families: XenScript.families,
    hint: "the length of the packet compared in place of that of its first piece"
  ) {
    // One case for all lengths: what is the least is decided once.
    for pieces in [[], [100], [60, 40]] {
      XenScript.connected("1 to 13 bytes and \(pieces)") {
        for first in [1, 7, 12, 13] {
          let total = pieces.reduce(first, +)
          let slots = XenSlot.packet(total, pieces)
          let frame = FramePattern(total)
          Guest.transmit(slots, frame)
          Step.receive(frame).deciding(.firstPiece, ["14": .nothing, "1": .frame(frame)])
          Step.peek
          Guest.responses(
            .firstPiece,
            ["14": XenScript.errors(slots), "1": XenScript.okays(slots)]
          )
        }
        XenScript.goesOn
      }
    }
    XenScript.connected("14 bytes and 100") {
      XenScript.passes(XenSlot.packet(114, [100]), FramePattern(114))
    }
  }

  static let overlongFrameIsRefused = Requirement(
    "transmit/overlong-frame-is-refused",
    .must,
    "a frame of 65536 bytes or more, of whose length a request holds the end, is an error for each slot",
    because:
      "the pieces add up to more than the packet: the difference has to be looked at in more bits than "
      + "it was stored in",
    sources: [Source.netif, "nanos 98dc4348", Source.netbackMeasured],
    families: XenScript.families,
    hint: "a total that has gone through zero"
  ) {
    for length in [65_536, 65_537, 65_549, 65_550, 65_599] {
      XenScript.connected("\(length) bytes") {
        XenScript.refused(
          XenSlot.packet(length & 0xFFFF, Array(repeating: 4096, count: 15) + [100])
        )
      }
    }
    XenScript.connected("one page, of which 0 bytes") {
      XenScript.refused(XenSlot.packet(0, [4096]))
    }
  }
}
