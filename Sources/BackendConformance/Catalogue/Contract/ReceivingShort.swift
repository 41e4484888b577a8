internal import NetBackend

/// Receiving into too little room.
enum ReceivingShort {
  static let all = [shortBufferIsReported, fateIsTheSame, shortBufferDoesNotWedge, noRoomAtAll]

  static let shortBufferIsReported = Requirement(
    "receive/short-buffer-is-reported",
    .must,
    "a frame that does not fit the buffers is never passed off as a whole",
    because: "a frontend that is told 120 bytes hands 120 bytes to the guest, which then sees a "
      + "corrupt frame that no counter knows of",
    sources: [
      Source.seed(306...312), Source.seed(315...315), Source.seed(669...672),
      "FreeBSD if_tuntap tunread: the rest is dropped", Source.linuxTap,
    ],
    hint: "the count that a copy into the buffers returns, used as the length of the frame"
  ) {
    let fixed = [
      (60, [59]), (1514, [60, 60]), (1514, [0, 1513]), (9014, [1]), (60, [1]), (60, [30, 29]),
      (60, [10, 10, 10]), (61, [60, 0]), (15, [14]), (65_535, [65_534]), (65_535, [2048, 2048]),
    ]
    for (length, room) in fixed { shortScripts(length, room) }
    for length in FrameLengths.common {
      shortScripts(length, Splits.random(length - 1, parts: 3, seed: UInt64(length)))
    }
  }

  @ScriptsBuilder
  private static func shortScripts(_ length: Int, _ room: [Int]) -> [Script] {
    let frame = FramePattern(length)
    for isPeeked in [false, true] {
      Script("\(length) bytes into \(room)\(isPeeked ? ", peeked" : "")") {
        Step.open()
        Step.inject(frame)
        if isPeeked { Step.peek(frame) }
        Step.receive(into: room.asRoom).allowing(.noSpace(required: length))
      }
    }
  }

  private static let choice = "a frame without room is"

  /// Receives `first` into too little room, then whatever is next, be it that frame or `second`.
  @StepBuilder
  private static func shortThenNext(
    _ first: FramePattern,
    _ second: FramePattern,
    room: [UInt],
    isPeeked: Bool
  ) -> [Step] {
    Step.inject(first, second)
    if isPeeked { Step.peek(first) }
    Step.receive(into: room).allowing(.noSpace(required: first.length))
    Step.receive()
      .allowing(.frame(first).labelled("kept"), .frame(second).labelled("dropped"))
      .choosing(choice)
    Step.receive()
      .allowing(.frame(second).labelled("kept"), .nothing.labelled("dropped"))
      .choosing(choice)
    Step.receive()
  }

  static let fateIsTheSame = Requirement(
    "receive/short-buffer-keeps-or-drops-alike",
    .must,
    "what happens to a frame that found too little room, kept or dropped, is the same whether it was "
      + "peeked before or not, and however much room was missing",
    because: "a frontend retries or goes on to the next frame; if it cannot know which is right it "
      + "loses frames or delivers them twice",
    sources: [Source.seed(306...320), Source.seed(669...672)],
    hint: "a bounce buffer that is emptied on the way that was peeked, and kept on the other"
  ) {
    let pairs = [(1514, 60), (60, 1514), (9014, 9014), (65_535, 14)]
    for (first, second) in pairs {
      let frames = (FramePattern(first, seed: 1), FramePattern(second, seed: 2))
      Script("\(first) bytes, in every way") {
        Step.open()
        for room in [[UInt(first - 1)], [1], [7, 6]] as [[UInt]] {
          for isPeeked in [false, true] {
            shortThenNext(frames.0, frames.1, room: room, isPeeked: isPeeked)
          }
        }
      }
    }
  }

  static let shortBufferDoesNotWedge = Requirement(
    "receive/short-buffer-does-not-wedge",
    .must,
    "after any number of receives with too little room, enough room gets the frame or the next one",
    because:
      "a frontend that loops while something is waiting never ends if the answer is neither the "
      + "frame nor the next one",
    sources: [Source.seed(601...644), Source.seed(669...672), "pci_virtio_net pci_vtnet_rx"],
    hint: "a frame that is neither consumed nor delivered once it did not fit"
  ) {
    let (first, second) = (FramePattern(1514, seed: 1), FramePattern(60, seed: 2))
    for times in [1, 2, 10] {
      Script("\(times) times too little room") {
        Step.open()
        Step.inject(first)
        Step.repeated(times) {
          Step.receive(into: [13])
            .allowing(
              .noSpace(required: first.length).labelled("kept"),
              .nothing.labelled("dropped")
            )
        }
        Step.receive()
          .allowing(.frame(first).labelled("kept"), .nothing.labelled("dropped"))
        Step.inject(second)
        Step.receive(second)
      }
    }
    Script("too little room, then discarded") {
      Step.open()
      Step.inject(first, second)
      Step.receive(into: [60, 60]).allowing(.noSpace(required: first.length))
      Step.discard
        .allowing(
          .length(first.length).labelled("kept"),
          .length(second.length).labelled("dropped")
        )
        .choosing(choice)
      Step.receive()
        .allowing(.frame(second).labelled("kept"), .nothing.labelled("dropped"))
        .choosing(choice)
    }
    Script("too little room, then peeked") {
      Step.open()
      Step.inject(first, second)
      Step.receive(into: [60, 60]).allowing(.noSpace(required: first.length))
      Step.peek
        .allowing(
          .length(first.length).labelled("kept"),
          .length(second.length).labelled("dropped")
        )
        .choosing(choice)
      Step.receive()
        .allowing(.frame(first).labelled("kept"), .frame(second).labelled("dropped"))
        .choosing(choice)
    }
  }

  static let noRoomAtAll = Requirement(
    "receive/no-room-at-all-is-reported",
    .must,
    "without any element, or with empty ones alone, a waiting frame is reported as one without room",
    because: "bhyve asserts that there is an element, so that a guest without buffers ends the "
      + "monitor; a device asked for no bytes answers 0, which is no frame",
    sources: [Source.seed(632...632), Source.linuxTap],
    hint: "readv with no room, whose result 0 is returned"
  ) {
    let (first, second) = (FramePattern(60, seed: 1), FramePattern(1514, seed: 2))
    for room in [[], [0], [0, 0, 0]] as [[UInt]] {
      for isPeeked in [false, true] {
        Script("into \(room)\(isPeeked ? ", peeked" : "")") {
          Step.open()
          shortThenNext(first, second, room: room, isPeeked: isPeeked)
        }
      }
      Script("into \(room), nothing waiting") {
        Step.open()
        Step.receive(into: room)
        Step.inject(first)
        Step.receive(first)
      }
    }
  }
}
