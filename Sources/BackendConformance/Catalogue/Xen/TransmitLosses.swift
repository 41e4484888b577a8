/// What becomes of packets that cannot be read, or that there is no room for.
enum TransmitLosses {
  static let all = [unreadablePieceDropsThePacket, shortageLosesNothing]

  static let unreadablePieceDropsThePacket = Requirement(
    "transmit/unreadable-piece-drops-the-packet",
    .must,
    "a packet of which a piece cannot be read is not delivered; each slot is answered, that of the "
      + "piece with an error",
    because:
      "a frame with a hole in it holds what was in the netback's memory; a slot without an answer is "
      + "lost to the frontend",
    sources: [Source.netbackMeasured, "FreeBSD netback.c"],
    families: XenScript.families,
    hint: "the status of the last copy taken for that of all"
  ) {
    for pieces in [[], [50], [300, 400], [20, 20, 20]] {
      for failing in 0...pieces.count {
        for grant in [999_999, 0, 0xFFFF_FFFF] where failing == pieces.count || grant == 999_999 {
          XenScript.connected("piece \(failing) of 1000 and \(pieces), grant \(grant)") {
            let total = pieces.reduce(1000, +)
            let slots = XenSlot.packet(total, pieces)
            unreadable(slots, failing, grant: grant)
          }
        }
      }
    }
    for status in [-1, -3, -8, -9, -10, -13] {
      XenScript.connected("status \(status)") {
        Guest.fail(page: 1, status: status)
        dropped(XenSlot.packet(1700, [300, 400]), 1)
      }
    }
    XenScript.connected("one copy fails, and the next one goes well") {
      Guest.fail(page: 0, status: -1, times: 1)
      dropped(XenSlot.packet(60), 0)
    }
  }

  private static func unreadable(_ slots: [XenSlot], _ failing: Int, grant: Int) -> [Step] {
    var slots = slots
    if case .request(var request) = slots[failing] {
      request.grant = grant
      slots[failing] = .request(request)
    }
    return dropped(slots, failing)
  }

  private static func dropped(_ slots: [XenSlot], _ failing: Int) -> [Step] {
    let okay = slots.indices.map { XenResponse(id: 1 + $0, status: $0 == failing ? -1 : 0) }
    let answers = Step(.xen(.responses(.transmit)), allowed: []).deciding(
      .siblingStatus,
      [
        "okay": Outcome(.xen(.responsesInAnyOrder(okay))),
        "error": Outcome(.xen(.responses(XenScript.errors(slots)))),
      ]
    )
    return Guest.transmit(slots) + [Step.peek, answers] + XenScript.goesOn
  }

  static let shortageLosesNothing = Requirement(
    "transmit/shortage-loses-nothing-in-silence",
    .should,
    "a frame that a netback has no room for waits in the ring, or its slots are answered as dropped or "
      + "with an error; the frames that it has answered otherwise are delivered",
    because: "a frame that is answered as taken and thrown away is found by nobody",
    sources: [Source.netif, "NetBSD xennetback_xenbus.c"],
    families: XenScript.families,
    hint: "the answer written before there is room for the frame"
  ) {
    let frame = FramePattern(60)
    let slots = (0..<256).map { XenSlot.last(60, id: $0, page: 0) }
    XenScript.connected("1280 frames before the first is received") {
      // Five rings full, of which the netback takes as many as it likes.
      for _ in 0..<4 {
        Guest.transmit(slots, frame)
        Guest.responses(.okay(256, from: 0))
      }
      Guest.transmit(slots, frame)
      Guest.responses([])
      Step.repeated(1024) { Step.receive(FramePattern(bytes: frame.contents())) }
      Step.repeated(256) { Step.receive(FramePattern(bytes: frame.contents())) }
      Step.peek
      Guest.responses(.okay(256, from: 0))
    }
  }
}
