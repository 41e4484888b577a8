/// What becomes of frames when the frontend has posted too few pages, or just enough.
enum ReceiveShortage {
  static let all = [
    frameWithoutPagesWaits, frameIsWholeOrNotThere, requestsAreCountedRight, fewPagesSuffice,
  ]

  static let frameWithoutPagesWaits = Requirement(
    "receive-ring/no-page-no-response",
    .must,
    "while the frontend has posted nothing, nothing is written, and a frame waits or is lost and counted",
    because: "slots that have not been posted belong to the frontend, which may be writing them",
    sources: [Source.netif, Source.netbackMeasured, "Linux drivers/net/xen-netback/rx.c"],
    families: XenScript.families,
    hint: "the old contents of a slot taken for a request"
  ) {
    for (answered, length) in [(0, 60), (0, 1514), (0, 9014), (1, 60), (1, 9014), (256, 60)] {
      XenScript.connected("\(length) bytes, \(answered) answered before") {
        if answered > 0 { Guest.post(answered) }
        for _ in 0..<answered { Step.send(FramePattern(14)) }
        if answered > 0 { drained(answered) }
        frameWithoutPages(FramePattern(length, seed: 5), id: answered)
      }
    }
  }

  /// Takes what came of frames of 14 bytes.
  private static func drained(_ count: Int) -> [Step] {
    let frames = FramePattern(14, count: count)
    return [
      Guest.responses((0..<count).map { .data(14, id: $0, offset: nil) }, of: .receive),
      Step(.collect(count: count), allowed: [Outcome(.frames([frames]))]),
    ]
  }

  private static func frameWithoutPages(_ frame: FramePattern, id: Int) -> [Step] {
    let choice = "a frame without pages is"
    let slots = ReceivedSlots.of(frame.length, from: id)
    let lost = Outcome.error("dropped").labelled("lost")
    let steps = [
      Step.send(frame)
        .allowing(.length(frame.length).labelled("kept"), .nothing.labelled("lost"), lost)
        .choosing(choice),
      Guest.responses([], of: .receive), Guest.indices(of: .receive, responses: id),
    ]
    var answers = Step(.xen(.responses(.receive)), allowed: [], choice: choice)
    answers.allowed = [
      Outcome(.xen(.responses(slots)), label: "kept"), Outcome(.xen(.responses([])), label: "lost"),
    ]
    let arrival = Step(.collect(count: 1), allowed: [])
      .allowing(.frames(frame).labelled("kept"), .noFrames.labelled("lost")).choosing(choice)
    return steps + Guest.post(ReceivedSlots.count(frame.length), from: id) + [answers, arrival]
  }

  static let frameIsWholeOrNotThere = Requirement(
    "receive-ring/frame-is-there-whole-or-not-at-all",
    .must,
    "of a frame that needs more pages than are posted nothing is written until there are enough; then "
      + "all of it is there at once, and what was sent after it comes after it",
    because:
      "the frontend finds a frame without end, and takes the beginning of the next one for it",
    sources: [
      Source.netbackMeasured, "FreeBSD netback_unit_tests.c, xnb_rxpkt2gnttab_nospace",
      "Linux ca2f09f2b2c6 (frames split over two rounds)",
    ],
    families: XenScript.families,
    hint: "room looked for slot by slot while the frame is being written"
  ) {
    for (length, posted) in [(4097, 1), (8193, 1), (8193, 2), (9014, 2), (65_531, 1), (65_531, 15)]
    {
      XenScript.connected("\(length) bytes, \(posted) posted") {
        Guest.post(posted)
        waiting(FramePattern(length), after: posted, of: ReceivedSlots.count(length))
      }
    }
    for posted in 1...3 {
      XenScript.connected("9054 bytes and an extra, \(posted) posted") {
        let large = LargeFrame(.tcp4, payload: 9000, segmentSize: 1448)
        ReceiveExtras.useSegmentation
        Guest.post(posted)
        Step.send(large.frame.behind(large.header, length: 12))
        Guest.responses([], of: .receive)
        Guest.untouched(0)
        Guest.post(4 - posted, from: posted)
        Guest.responses(
          ReceivedSlots.of(9054, flags: 3, extras: [ReceivedSlots.segmentation(1448)]),
          of: .receive
        )
        Step.collect(large.frame)
      }
    }
  }

  /// A frame that waits for the last pages, and a small one behind it.
  private static func waiting(_ frame: FramePattern, after posted: Int, of count: Int) -> [Step] {
    let small = FramePattern(60, seed: 9)
    var steps = [Step.send(frame), Step.send(small), Guest.responses([], of: .receive)]
    for id in posted..<count - 1 {
      steps += Guest.post(1, from: id) + [Guest.responses([], of: .receive)]
    }
    steps += [
      Guest.indices(of: .receive, requests: count - 1, responses: 0), Guest.untouched(0),
    ]
    steps += Guest.post(1, from: count - 1)
    steps += [
      Guest.responses(ReceivedSlots.of(frame.length), of: .receive), Step.collect(frame),
    ]
    return steps + Guest.post(1, from: count) + [
      Guest.responses(ReceivedSlots.of(60, from: count), of: .receive), Step.collect(small),
    ]
  }

  static let requestsAreCountedRight = Requirement(
    "receive-ring/needed-requests-are-counted-right",
    .must,
    "a frame is passed on as soon as the pages that it fills are posted, and not one page before, "
      + "however its bytes are divided among the elements that are sent",
    because:
      "a number that is too low overruns the ring; one that is too high waits for ever for a "
      + "frontend that posts no more, as with an MTU of 9000",
    sources: [
      "Linux b17075d5c198 and before: pings of 3991 and 4054 bytes", Source.netbackMeasured,
    ],
    families: XenScript.families,
    hint: "slots counted for each element, or for the host's pages"
  ) {
    let near = [4081, 4082, 4083, 4094, 4095, 4096, 4097, 4098, 4109, 4110, 4111, 4300]
    let lengths = [3900, 3968, 3991, 4030, 4054, 4068] + near + [8191, 8192, 8193, 8206, 8207]
    for head in [nil, 1, 14, 66, 3890] as [Int?] {
      XenScript.connected("the first element of \(head.map(String.init) ?? "all") bytes") {
        for length in lengths { passage(length, head) }
        Guest.post(1, from: 900)
        Guest.untouched(lengths.reduce(0) { $0 + ReceivedSlots.count($1) })
      }
    }
  }

  /// Sends a frame in two elements when one page is missing, and posts that page.
  private static func passage(_ length: Int, _ head: Int?) -> [Step] {
    let count = ReceivedSlots.count(length)
    let frame = FramePattern(length, seed: length)
    let before = count > 1 ? Guest.post(count - 1) : []
    let sent = [
      Step.send(frame, elements: head.map { [$0, length - $0] } ?? []),
      Guest.responses([], of: .receive),
    ]
    let posted = Guest.post(1, from: count - 1)
    return before + sent + posted + [
      Guest.responses(ReceivedSlots.of(length), of: .receive), Step.collect(frame),
    ]
  }

  static let fewPagesSuffice = Requirement(
    "receive-ring/few-pages-suffice",
    .must,
    "a frame waits for no more pages than it fills: a frontend that never has more than four posted gets "
      + "all that fits into them",
    because:
      "iPXE posts four pages; a netback that waits for as many as the longest frame would need "
      + "lets it wait for ever, and nothing starts from the network",
    sources: ["Linux 1d5d48523900 and 99a2dea50d5d", Source.netif],
    families: XenScript.families,
    hint: "room for the longest frame asked for in front of each"
  ) {
    for posted in [1, 2, 4] {
      for length in [60, 1514, 4096] + (posted > 1 ? [4097, 8192] : []) {
        XenScript.connected("\(posted) posted, \(length) bytes") {
          let count = ReceivedSlots.count(length)
          Guest.post(posted)
          for round in 0..<6 {
            Step.send(FramePattern(length, seed: round))
            Step.collect(FramePattern(length, seed: round))
            Guest.post(count)
          }
          Guest.indices(of: .receive, responses: 6 * count)
        }
      }
    }
  }
}
