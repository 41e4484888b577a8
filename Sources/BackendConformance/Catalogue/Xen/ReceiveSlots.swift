/// How frames to the frontend are laid into the pages that it has posted.
enum ReceiveSlots {
  static let all = [
    fillsPagesInTurn, answersInTheSameSlot, dataIsAtTheOffset, restOfThePageStays,
  ]

  static let fillsPagesInTurn = Requirement(
    "receive-ring/frame-fills-pages-in-turn",
    .must,
    "a frame fills the posted pages in turn, and each response tells the bytes in its own page, and "
      + "whether another one belongs to the frame",
    because:
      "a frontend puts frames together by nothing else; a total in place of a page's own number "
      + "reaches beyond the page, and it drops the frame or disconnects",
    sources: [
      Source.netif, Source.netbackMeasured, "FreeBSD netback_unit_tests.c, xnb_mbufc2pkt",
      "Linux drivers/net/xen-netfront.c, xennet_get_responses",
    ],
    families: XenScript.families,
    hint: "the length of the whole frame as the status of its first slot"
  ) {
    let lengths = [
      14, 42, 60, 128, 1514, 4095, 4096, 4097, 4196, 8191, 8192, 8193, 9014, 65_530, 65_531,
    ]
    for length in lengths {
      XenScript.connected("\(length) bytes") {
        Guest.post(ReceivedSlots.count(length), from: 5)
        ReceivedSlots.passage(FramePattern(length), from: 5)
        Guest.indices(
          of: .receive,
          requests: ReceivedSlots.count(length),
          responses: ReceivedSlots.count(length)
        )
      }
    }
  }

  static let answersInTheSameSlot = Requirement(
    "receive-ring/response-is-in-its-requests-slot",
    .must,
    "a response has the identifier of the request in whose slot it is, and the data is in that request's "
      + "page, whatever identifiers and pages the frontend has chosen",
    because:
      "Linux's frontend takes the slot for the buffer's number: with two of them exchanged it "
      + "gives the network stack pages that the netback still writes to",
    sources: [Source.netif, Source.netbackMeasured, "illumos uts/common/xen/io/xnf.c"],
    families: XenScript.families,
    hint: "identifiers taken for positions, or answered in the order of completion"
  ) {
    for ids in [[0xFFFF, 0, 0x8001], [7, 7, 7], [3, 1, 2], [0x0100, 0x1234, 0xFFFE]] {
      let slots = zip(ids, [9, 2, 5]).map { XenSlot.buffer($0, page: $1) }
      XenScript.connected("a frame in \(ids)") {
        Guest.post(slots)
        let frame = FramePattern(9014, seed: ids[0])
        Step.send(frame)
        Guest.responses(answers(ids, [4096, 4096, 822], flags: [4, 4, 0]), of: .receive)
        Step.collect(frame)
      }
      XenScript.connected("a frame in each of \(ids)") {
        Guest.post(slots)
        let frames = [60, 1514, 4096].map { FramePattern($0, seed: $0) }
        for frame in frames { Step.send(frame) }
        Guest.responses(answers(ids, [60, 1514, 4096], flags: [0, 0, 0]), of: .receive)
        Step.collect(frames[0], frames[1], frames[2])
      }
    }
    for start in [254, 255, 0xFFFF_FFFE] {
      XenScript.connected("from index \(start)", on: XenScript.bench(receiveStart: start)) {
        Guest.post(3, from: 20)
        ReceivedSlots.passage(FramePattern(9014), from: 20)
        Guest.indices(of: .receive, responses: (start + 3) & 0xFFFF_FFFF)
      }
    }
  }

  private static func answers(_ ids: [Int], _ lengths: [Int], flags: [Int]) -> [XenResponse] {
    zip(ids, zip(lengths, flags)).map { id, slot in
      .data(slot.0, id: id, flags: slot.1, offset: nil)
    }
  }

  static let dataIsAtTheOffset = Requirement(
    "receive-ring/data-is-at-the-offset",
    .may,
    "a response may say that data begins behind the beginning of its page; wherever it says, there the "
      + "data begins, and it ends within the page",
    because:
      "QEMU's netback leaves two bytes, so that the headers behind Ethernet's are aligned; a "
      + "frontend that is told so and finds the frame elsewhere loses its first bytes",
    sources: [Source.netif, "QEMU hw/net/xen_nic.c, net_rx_packet"],
    families: XenScript.families,
    hint: "the offset told for the header that another layer has removed"
  ) {
    for length in [14, 60, 1514, 4094] {
      XenScript.connected("\(length) bytes") {
        Guest.post(2)
        ReceivedSlots.passage(FramePattern(length, seed: 3))
        ReceivedSlots.passage(FramePattern(length, seed: 4), from: 1)
      }
    }
  }

  static let restOfThePageStays = Requirement(
    "receive-ring/rest-of-the-page-stays",
    .should,
    "of a posted page nothing is written but the bytes of the frame, and of a page that is not needed "
      + "nothing at all",
    because:
      "what is written besides is memory of the host: other guests' frames, or its own secrets",
    sources: [Source.advisory(403), Source.advisory(216), Source.netbackMeasured],
    families: XenScript.families,
    hint: "copies rounded up to words, lines or pages"
  ) {
    for length in [14, 15, 60, 61, 1514, 4095] {
      let frame = FramePattern(length, seed: 40)
      XenScript.connected("\(length) bytes") {
        Guest.post(2)
        Step.send(frame)
        Guest.responses([.data(length, id: 0)], of: .receive)
        Guest.page(0, Array(frame.contents().prefix(32)))
        Guest.untouched(0, length..<4096)
        Guest.untouched(1)
      }
    }
    for length in [4097, 4160, 8191] {
      XenScript.connected("\(length) bytes in two pages") {
        Guest.post(3)
        Step.send(FramePattern(length))
        Guest.responses([.data(4096, flags: 4), .data(length - 4096)], of: .receive)
        Guest.untouched(1, length - 4096..<4096)
        Guest.untouched(2)
      }
    }
  }
}
