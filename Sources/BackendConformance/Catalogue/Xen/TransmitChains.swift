/// How the slots of a packet from the frontend belong together.
enum TransmitChains {
  static let all = [loneRequestIsAFrame, firstSizeIsTheTotal, longContinuationIsRefused]

  private static let next = FramePattern(64, seed: 9)

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
    for (total, sizes) in [(100, [200]), (100, [60, 60]), (4000, [4001]), (60, [30, 40, 4])] {
      XenScript.connected("\(sizes) of \(total)") {
        let slots = sizes.enumerated().map { number, size -> XenSlot in
          number == sizes.count - 1 ? .last(size, id: 2 + number) : .more(size, id: 2 + number)
        }
        Guest.transmit([.more(total, id: 1)] + slots)
        Step.peek
        Guest.responses((0...sizes.count).map { .error(1 + $0) })
        Guest.transmit([.last(64, id: 9)], next)
        Step.receive(next)
        Guest.responses([.okay(9)])
      }
    }
  }
}
