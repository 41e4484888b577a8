/// What becomes of packets whose pages cannot be copied, and of rings whose pages cannot be mapped.
enum GrantFailures {
  static let all = [
    failedCopyLosesThePacket, failedCopyOfAPage, failedCopyIsOnePackets, extrasAreAnsweredToo,
    againIsTriedAgain,
  ]

  /// Every status that there is, but for the one to try again, and two that there are not.
  private static let statuses = [-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -13, -99, 5]
  private static let next = FramePattern(64, seed: 9)

  static let failedCopyLosesThePacket = Requirement(
    "grant/failed-copy-loses-the-packet",
    .must,
    "when a piece of a packet cannot be copied nothing of the packet is delivered, its slot is an error "
      + "whatever the status, each other slot is answered too, and the interface goes on",
    because:
      "the guest decides what its grants are worth; who takes a status for impossible stops the "
      + "host, and who does not look at it delivers what lay there before",
    sources: [Source.advisory(361), Source.advisory(362), Source.netbackMeasured],
    families: XenScript.families,
    hint: "an assertion on a status, or one that is looked at for the last piece alone"
  ) {
    for position in 0..<3 {
      for status in statuses {
        XenScript.connected("status \(status) for piece \(position)") {
          Guest.fail(page: position, status: status)
          Guest.transmit([.more(100, id: 1), .more(30, id: 2), .last(30, id: 3)])
          Step.peek
          Guest.responses(
            .siblingStatus,
            [
              "okay": (0..<3).map { $0 == position ? .error(1 + $0) : .okay(1 + $0) },
              "error": (0..<3).map { .error(1 + $0) },
            ]
          )
          Guest.transmit([.last(64, id: 9)], next)
          Step.receive(next)
          Guest.responses([.okay(9)])
        }
      }
    }
  }

  static let failedCopyOfAPage = Requirement(
    "grant/failed-copy-is-told-in-the-response",
    .must,
    "when a frame cannot be copied to a page the response of that page has a negative status, the frame "
      + "takes as many pages as ever, and the next one begins in the next page",
    because:
      "a frontend that is told of bytes in a page where there are none passes on what was there, "
      + "another frame's or nothing",
    sources: [
      Source.netif, "FreeBSD sys/dev/xen/netback/netback_unit_tests.c", Source.netbackMeasured,
    ],
    families: XenScript.families,
    hint: "the length put into the response before the copy"
  ) {
    for position in 0..<3 {
      for status in statuses where status < 0 {
        XenScript.connected("status \(status) for page \(position)") {
          Guest.fail(page: position, of: .receive, status: status)
          Guest.post(4)
          Step.send(FramePattern(8292))
          Guest.responses(
            [4096, 4096, 100].enumerated().map { number, length in
              .data(
                number == position ? status : length,
                id: number,
                flags: number == 2 ? 0 : 4
              )
            },
            of: .receive
          )
          Guest.untouched(position)
          Guest.received([])
          Step.send(next)
          Guest.responses([.data(64, id: 3)], of: .receive)
          Guest.received([next])
        }
      }
    }
  }

  static let failedCopyIsOnePackets = Requirement(
    "grant/failed-copy-is-one-packets",
    .must,
    "of packets that were shown together only the one is lost whose page cannot be copied",
    because:
      "copies are carried out many at a time; a list that ends at the first failure makes one bad "
      + "grant the end of everybody's packets",
    sources: ["Xen common/grant_table.c", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the copies behind a failed one not made, or not looked at"
  ) {
    let frames = (0..<3).map { FramePattern(60 + $0, seed: 20 + $0) }
    for bad in 0..<3 {
      XenScript.connected("number \(bad) of 3") {
        Guest.fail(page: bad, status: -3)
        for (number, frame) in frames.enumerated() {
          Guest.put([.last(frame.length, id: number)], frame)
        }
        Guest.show()
        for (number, frame) in frames.enumerated() where number != bad { Step.receive(frame) }
        Step.peek
        Guest.responses((0..<3).map { $0 == bad ? .error($0) : .okay($0) })
      }
    }
  }

  static let extrasAreAnsweredToo = Requirement(
    "grant/extra-is-answered-though-copies-fail",
    .must,
    "the extra slot of a packet that cannot be copied is answered as it always is",
    because:
      "a frontend counts a response for each slot; with one too few the ring is one slot shorter "
      + "each time, until it is full for ever",
    sources: ["Linux drivers/net/xen-netback/netback.c", Source.netbackMeasured],
    families: XenScript.families,
    hint: "extras answered when the packet is delivered"
  ) {
    for bad in [0, 2] {
      XenScript.connected("page \(bad)") {
        Guest.fail(page: bad, status: -3)
        Guest.transmit([
          .more(100, flags: XenSlot.Flag.extra, id: 1), .segmentation(1448), .last(40, id: 2),
        ])
        Step.peek
        Guest.responses(
          .siblingStatus,
          [
            "okay": [bad == 0 ? .error(1) : .okay(1), .null, bad == 2 ? .error(2) : .okay(2)],
            "error": [.error(1), .null, .error(2)],
          ]
        )
        Guest.indices(responses: 3)
      }
    }
  }

  static let againIsTriedAgain = Requirement(
    "grant/again-is-tried-again",
    .should,
    "a copy that is to be tried again is, and the packet passes once; one that is to be tried again for "
      + "ever is an error in the end",
    because:
      "a page that the hypervisor has paged out comes back in a moment; a host that waits for it "
      + "without an end is stopped by a guest that never brings it",
    sources: ["Linux c571898ffc24", "Xen grant_table.h"],
    families: XenScript.families,
    hint: "the status taken for an error like any other, or tried in a loop without a bound"
  ) {
    for times in [1, 2, 5] {
      let frame = FramePattern(100, seed: times)
      XenScript.connected("\(times) times") {
        Guest.fail(page: 1, status: -12, times: times)
        Guest.transmit([.more(100, id: 1), .last(40, id: 2)], frame)
        Step.receive(frame)
        Step.peek
        Guest.responses([.okay(1), .okay(2)])
        Guest.fail(page: 0, of: .receive, status: -12, times: times)
        Guest.post(1)
        Step.send(frame)
        Guest.responses([.data(100)], of: .receive)
        Guest.received([frame])
      }
    }
    XenScript.connected("for ever") {
      Guest.fail(page: 0, status: -12)
      Guest.transmit([.last(60, id: 1)])
      Step.peek
      Guest.responses([.error(1)])
      Guest.fail(page: 0, of: .receive, status: -12)
      Guest.post(2)
      Step.send(next)
      Step.send(next)
      Guest.responses([.data(-12), .data(64)], of: .receive)
    }
  }
}
