/// Which pages a netback takes what its frontend sends from, and how often.
enum GrantPages {
  static let all = [readOnlyIsEnough, onePageSeveralTimes, manyCopies, anyNumberIsAGrant]

  private static let next = FramePattern(64, seed: 9)

  static let readOnlyIsEnough = Requirement(
    "grant/read-only-pages-are-enough",
    .must,
    "a page to transmit from need not be granted for writing, and is not written",
    because: "frontends grant what they send read-only, so that nothing in the host can change it",
    sources: [Source.netif, "Xen grant_table.h"],
    families: XenScript.families,
    hint: "pages mapped as they are for rings"
  ) {
    for length in [14, 60, 1514, 4096] {
      let frame = FramePattern(length)
      XenScript.connected("\(length) bytes") {
        Guest.transmit([.last(length, id: 1)], frame)
        Step.receive(frame)
        Guest.responses([.okay(1)])
        Guest.page(0, frame.contents(), of: .transmit)
      }
    }
  }

  static let onePageSeveralTimes = Requirement(
    "grant/one-page-may-be-named-twice",
    .must,
    "a page that is named in several slots is read for each of them, at the place that each says",
    because: "a frontend keeps small packets in one page, or the same headers for many packets",
    sources: [Source.netbackMeasured, "Xen grant_table.h"],
    families: XenScript.families,
    hint: "pieces found again by their grant"
  ) {
    let (frame, other) = (FramePattern(120, seed: 3), FramePattern(60, seed: 4))
    XenScript.connected("one packet, places apart") {
      Guest.transmit([.more(120, page: 0), .last(40, offset: 100, page: 0)], frame)
      Step.receive(frame)
    }
    XenScript.connected("two packets, places apart") {
      Guest.put([.last(120, id: 1, page: 0)], frame)
      Guest.put([.last(60, id: 2, offset: 200, page: 0)], other)
      Guest.show()
      Step.receive(frame)
      Step.receive(other)
      Guest.responses([.okay(1), .okay(2)])
    }
    XenScript.connected("two packets, one place") {
      Guest.put([.last(60, id: 1, page: 0)], other)
      Guest.put([.last(60, id: 2, page: 0)])
      Guest.show()
      Step.receive(other)
      Step.receive(other)
      Guest.responses([.okay(1), .okay(2)])
    }
  }

  static let manyCopies = Requirement(
    "grant/many-copies-are-all-made",
    .must,
    "a ring full of pieces is copied piece for piece, however many are carried out at a time",
    because:
      "the list of copies has a length that one packet does not reach; a ring full of them writes "
      + "behind its end, or leaves the rest out",
    sources: ["Linux drivers/net/xen-netback/netback.c", "FreeBSD sys/dev/xen/netback/netback.c"],
    families: XenScript.families,
    hint: "a list as long as a packet has slots, for all packets of a pass"
  ) {
    for (packets, pieces) in [(14, 18), (7, 17), (32, 3)] {
      XenScript.connected("\(packets) packets of \(pieces) pieces") {
        for number in 0..<packets {
          let rest = (1..<pieces).map { piece -> XenSlot in
            .last(37, flags: piece == pieces - 1 ? 0 : XenSlot.Flag.more, offset: piece * 31)
          }
          let total = 61 + 37 * (pieces - 1)
          let first = XenSlot.last(total, flags: pieces == 1 ? 0 : XenSlot.Flag.more, offset: 5)
          Guest.put([first] + rest, FramePattern(total, seed: number))
        }
        Guest.show()
        for number in 0..<packets {
          Step.receive(FramePattern(61 + 37 * (pieces - 1), seed: number))
        }
        Guest.indices(responses: packets * pieces)
      }
    }
  }

  static let anyNumberIsAGrant = Requirement(
    "grant/any-number-may-be-a-grant",
    .must,
    "the number of a grant is passed to the hypervisor as it is, all 32 bits of it, and one that is no "
      + "grant is an error for its packet and for nothing else",
    because:
      "a number that is cut or has a meaning of its own names a page that the guest did not mean",
    sources: ["Xen grant_table.h", Source.netbackMeasured],
    families: XenScript.families,
    hint: "0 or all bits set taken for no grant"
  ) {
    for grant in [0, 1, 7, 0x1_0008, 0x8000_0008, 0xFFFF_FFFF] {
      XenScript.connected("grant \(grant)") {
        Guest.transmit([.last(60, id: 3, grant: grant)])
        Guest.copies([XenCopy(page: grant, offset: 0, length: 60)])
        Step.peek
        Guest.responses([.error(3)])
        Guest.transmit([.last(64, id: 4)], next)
        Step.receive(next)
        Guest.post([.buffer(5, grant: grant)])
        Guest.copies([XenCopy(.transmit, page: 1, length: 64)])
        Step.send(next)
        Guest.copies([XenCopy(page: grant, offset: 0, length: 64)])
        Guest.received([])
        Guest.post(1)
        Step.send(next)
        Guest.received([next])
      }
    }
  }
}
