/// What becomes of frames when the frontend's pages or indices are not what they should be.
enum ReceiveFaults {
  static let all = [
    failedCopyIsTold, pageMayBePostedTwice, requestsAreReadOnce, producerTooFarAheadIsNoHarm,
  ]

  static let failedCopyIsTold = Requirement(
    "receive-ring/failed-copy-is-told-in-its-slot",
    .must,
    "a slot whose page could not be written has a negative status, the frame's other slots are as they "
      + "would be, and the next request is not touched",
    because:
      "a frontend that is told of bytes that never came hands on what was in its page before",
    sources: [
      Source.netbackMeasured, "FreeBSD netback_unit_tests.c, xnb_rxpkt2rsp_copyerror", Source.netif,
    ],
    families: XenScript.families,
    hint: "statuses filled in before the copies, and not looked at afterwards"
  ) {
    for status in [-1, -2, -3, -8, -9, -10, -12, -99] {
      for failing in [[0], [1], [2], [0, 2], [0, 1, 2]] {
        XenScript.connected("status \(status) in \(failing)") {
          Guest.post(4)
          for page in failing { Guest.fail(page: page, of: .receive, status: status) }
          Step.send(FramePattern(9014))
          responses(failing, status)
          Step.collect()
          Guest.untouched(3)
          ReceivedSlots.passage(FramePattern(60, seed: 7), from: 3)
        }
      }
    }
    for grant in [0, 999_999, 0xFFFF_FFFF] {
      XenScript.connected("grant \(grant)") {
        Guest.post([.buffer(0, grant: grant), .buffer(1)])
        Step.send(FramePattern(60))
        Step(
          .xen(.responses(.receive)),
          allowed: [-3, -1].map { Outcome(.xen(.responses([.data($0, id: 0, offset: nil)]))) }
        )
        Step.collect()
        ReceivedSlots.passage(FramePattern(60, seed: 7), from: 1)
      }
    }
  }

  /// The failing slots have the status of the copy, or one that says no more than that it failed.
  private static func responses(_ failing: [Int], _ status: Int) -> Step {
    let lengths = [4096, 4096, 822]
    let outcomes = Set([status, -1]).map { status in
      let slots = lengths.enumerated().map { number, length -> XenResponse in
        let flags = number == 2 ? 0 : ReceivedSlots.Flag.more
        let shown = failing.contains(number) ? status : length
        return .data(shown, id: number, flags: flags, offset: nil)
      }
      return Outcome(.xen(.responses(slots)))
    }
    return Step(.xen(.responses(.receive)), allowed: outcomes)
  }

  static let pageMayBePostedTwice = Requirement(
    "receive-ring/page-may-be-posted-twice",
    .should,
    "two requests with the same grant are two requests: each is answered, and the page holds what was "
      + "put there last",
    because:
      "a netback that keeps account by grant answers one of them, and the ring is short of a slot "
      + "for ever",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "a table of grants in use"
  ) {
    for rest in [14, 100, 4096] {
      XenScript.connected("\(4096 + rest) bytes") {
        let frame = FramePattern(4096 + rest)
        Guest.post([.buffer(3, page: 0), .buffer(4, page: 0)])
        Step.send(frame)
        Guest.responses(ReceivedSlots.of(4096 + rest, from: 3), of: .receive)
        Guest.page(0, Array(frame.contents().dropFirst(4096).prefix(32)))
      }
    }
    XenScript.connected("two frames") {
      Guest.post([.buffer(3, page: 0), .buffer(3, page: 0)])
      ReceivedSlots.passage(FramePattern(60, seed: 1), from: 3)
      ReceivedSlots.passage(FramePattern(60, seed: 2), from: 3)
    }
  }

  static let requestsAreReadOnce = Requirement(
    "receive-ring/requests-are-read-once",
    .must,
    "each field of a request is read once: what the frontend changes afterwards has no effect",
    because:
      "what was checked and what is used would be two things, and the frontend chooses the second",
    sources: [Source.advisory(155), "Linux drivers/net/xen-netback/rx.c, xenvif_rx_data_slot"],
    families: XenScript.families,
    hint: "a pointer into the ring kept in place of a copy"
  ) {
    for length in [60, 4196] {
      for position in 0..<ReceivedSlots.count(length) {
        XenScript.connected("\(length) bytes, slot \(position)") {
          let frame = FramePattern(length)
          // The frame waits, so that showing the requests is what has them read.
          Step.send(frame)
          Guest.put((0..<ReceivedSlots.count(length)).map { .buffer($0) }, in: .receive)
          Guest.changeAfterRead(position, .buffer(position, page: 40), of: .receive)
          Guest.show(.receive)
          Guest.responses(ReceivedSlots.of(length), of: .receive)
          Step.collect(frame)
          Guest.untouched(40)
        }
      }
    }
  }

  static let producerTooFarAheadIsNoHarm = Requirement(
    "receive-ring/producer-too-far-ahead-is-no-harm",
    .must,
    "a producer that claims more requests than there are slots, or goes back, ends the interface, or "
      + "frames go on into the requests that are there; nothing is written twice or beyond",
    because:
      "a netback that believes it writes over responses that the frontend has not read, or goes "
      + "round the ring two thousand million times",
    sources: [Source.xenRing, Source.netbackMeasured, "Linux drivers/net/xen-netback/rx.c"],
    families: XenScript.families,
    hint: "the difference of producer and consumer taken without a limit"
  ) {
    for (name, producer) in [
      ("257", 257), ("0x80000000", 0x8000_0000), ("0xFFFFFFFF", 0xFFFF_FFFF), ("1000", 1000),
    ] {
      XenScript.connected("256 posted, producer \(name)") {
        Guest.post(256)
        Guest.set(.requestProducer, to: producer, of: .receive)
        overflow(from: 0)
      }
    }
    XenScript.connected("10 answered, producer 9") {
      Guest.post(256)
      for seed in 0..<10 { ReceivedSlots.passage(FramePattern(60, seed: seed), from: seed) }
      Guest.set(.requestProducer, to: 9, of: .receive)
      overflow(from: 10)
    }
  }

  /// Two frames that meet the producer, of which the first one ends the interface if any does.
  private static func overflow(from id: Int) -> [Step] {
    let choice = XenChoice.receiveProducer.rawValue
    let frames = [FramePattern(60, seed: 50), FramePattern(60, seed: 51)]
    let second = Step.send(frames[1])
      .allowing(.length(60).labelled("ignored"), .error("linkDown").labelled("fatal"))
      .choosing(choice)
    let collected = Step.collect()
      .allowing(.frames(frames[0], frames[1]).labelled("ignored"), .noFrames.labelled("fatal"))
      .choosing(choice)
    let ignored = ReceivedSlots.of(60, from: id) + ReceivedSlots.of(60, from: id + 1)
    return [
      Step.send(frames[0]), second,
      Guest.responses(.receiveProducer, ["ignored": ignored, "fatal": []], of: .receive), collected,
    ]
  }
}
