/// Where the pieces of a packet lie in their pages.
enum TransmitPages {
  static let all = [pieceMayEndWithItsPage, pieceBeyondItsPageIsRefused, emptyPieceAtTheEnd]

  static let pieceMayEndWithItsPage = Requirement(
    "transmit/piece-may-end-with-its-page",
    .must,
    "each piece may reach to the end of its page, and a first one is measured by its own length",
    because:
      "a frontend puts frames where they are in its memory; the total, held against the page of the "
      + "first piece, refuses frames of several pages",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the size of the first request, which is that of the packet"
  ) {
    for (offset, length) in [(4036, 60), (4082, 14), (0, 4096), (1, 4095), (4095 - 1513, 1514)] {
      XenScript.connected("\(length) bytes at \(offset)") {
        XenScript.passes(XenSlot.packet(length, offset: offset), FramePattern(length))
      }
    }
    for (offset, first, pieceOffset, piece) in [
      (0x800, 2000, 0, 4000), (0x800, 2048, 0, 4000), (0, 100, 96, 4000), (0, 96, 100, 3996),
      (4000, 96, 4095, 1), (0, 4096, 0, 4096), (4082, 14, 2048, 2048),
    ] {
      XenScript.connected("\(first) bytes at \(offset), \(piece) at \(pieceOffset)") {
        let total = first + piece
        XenScript.passes(
          [.more(total, id: 1, offset: offset), .last(piece, id: 2, offset: pieceOffset)],
          FramePattern(total)
        )
      }
    }
  }

  static let pieceBeyondItsPageIsRefused = Requirement(
    "transmit/piece-beyond-its-page-is-refused",
    .must,
    "a packet with a piece that ends beyond its page is refused, and nothing of it is read",
    because: "what lies behind the page is somebody else's, and would be sent to the network",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "offset and length added in 16 bits, or not looked at in pieces behind the first"
  ) {
    for (offset, length) in [
      (4037, 60), (1, 4096), (4083, 14), (4095, 14), (4096, 14), (0, 4097), (0, 65_535),
      (0xF000, 0x1000), (0xFFFF, 14), (0xFFFF, 0xFFFF), (0xFFF2, 14),
    ] {
      XenScript.connected("\(length) bytes at \(offset)") {
        refused([.last(length, id: 1, offset: offset)])
      }
    }
    for (offset, first) in [(0x800, 2049), (0x800, 2100), (4083, 14), (0xFFF2, 14)] {
      XenScript.connected("a first piece of \(first) bytes at \(offset)") {
        refused([.more(first + 4000, id: 1, offset: offset), .last(4000, id: 2)])
      }
    }
    for (offset, length) in [
      (100, 4000), (4096, 1), (4095, 2), (0xF000, 0x1000), (4097, 0), (0xFFFF, 0), (0xFFFF, 1),
    ] {
      XenScript.connected("a last piece of \(length) bytes at \(offset)") {
        refused([.more(100 + length, id: 1), .last(length, id: 2, offset: offset)])
      }
      XenScript.connected("a piece of \(length) bytes at \(offset) in the middle") {
        refused([
          .more(140 + length, id: 1), .more(length, id: 2, offset: offset), .last(40, id: 3),
        ])
      }
    }
    XenScript.connected("a piece that is too long for the packet as well") {
      refused([.more(100, id: 1), .last(200, id: 2, offset: 4000)])
    }
  }

  private static func refused(_ slots: [XenSlot]) -> [Step] {
    Guest.transmit(slots) + [
      Step.peek, Guest.copies([]),
      Guest.responses(.violation, ["error": XenScript.errors(slots), "fatal": []]),
    ] + XenScript.goesOn(unlessFatal: .violation)
  }

  static let emptyPieceAtTheEnd = Requirement(
    "transmit/empty-piece-behind-its-page-is-harmless",
    .should,
    "a piece of no bytes right behind the end of its page is passed over, or its packet refused",
    because: "nothing is to be read there, and reading nothing there is an error to a hypervisor",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "a copy of no bytes, whose offset is looked at"
  ) {
    let frame = FramePattern(100)
    let choice = "empty pieces behind their pages"
    for pieces in [[0], [0, 40], [40, 0]] {
      XenScript.connected("100 bytes, in pieces of \(pieces)") {
        let slots = XenSlot.packet(100, pieces).map { slot -> XenSlot in
          guard case .request(var request) = slot, request.size == 0 else { return slot }
          request.offset = 4096
          return .request(request)
        }
        let okays = Outcome(
          .xen(.responsesInAnyOrder(XenScript.okays(slots))),
          label: "passed over"
        )
        let errors = Outcome(.xen(.responses(XenScript.errors(slots))), label: "refused")
        Guest.transmit(slots, frame)
        Step.receive(frame).allowing(
          .frame(frame).labelled("passed over"),
          .nothing.labelled("refused")
        ).choosing(choice)
        Guest.responses([]).allowing(okays, errors).choosing(choice)
        XenScript.goesOn
      }
    }
  }
}
