internal import NetBackend

/// Peeking: the length of the next frame, without consuming it.
enum Peeking {
  static let all = [
    nothingIsWaiting, tellsTheLengthThatReceiveReturns, changesNothing,
    keepsItsAnswer, frameIsDeliveredOnce, survivesDisableAndEnable, failedReadLeavesNothing,
  ]

  private static let tap = BenchOptions(families: ["tap"])

  static let nothingIsWaiting = Requirement(
    "peek/nothing-is-waiting",
    .must,
    "peeking says that nothing is waiting when nothing is, and neither waits nor throws",
    because:
      "frontends peek in a loop until nothing is left; an error there resets the device, and "
      + "a call that waits stops the guest",
    sources: [Source.seed(105...110), Source.seed(285...287)],
    hint: "would-block passed on as an error, or the length of the last frame still in a variable"
  ) {
    let frame = FramePattern(60)
    Script("after opening") {
      Step.open()
      Step.peek
      Step.enableReceive
      Step.peek
    }
    Script("after the last frame was received") {
      Step.open()
      Step.inject(frame)
      Step.receive(frame)
      Step.peek
    }
    Script("after the last frame was peeked and received") {
      Step.open()
      Step.inject(frame)
      Step.peek(frame)
      Step.receive(frame)
      Step.peek
      Step.peek
    }
    Script("after the last frame was discarded") {
      Step.open()
      Step.inject(frame)
      Step.discard(frame)
      Step.peek
    }
    Script("after sending") {
      Step.open()
      Step.send(frame)
      Step.peek
    }
  }

  static let tellsTheLengthThatReceiveReturns = Requirement(
    "peek/tells-the-length-that-receive-returns",
    .must,
    "peeking tells the length that receiving then returns",
    because: "the frontend collects buffers for exactly that many bytes and gives them back if the "
      + "length turns out otherwise, for ever if it always does",
    sources: [
      Source.seed(105...110), Source.seed(601...619), "FreeRTOS-Plus-TCP PR 142",
      "QEMU bug 1904954",
    ],
    hint: "a peeked length in sixteen bits, or one that counts a header that receive leaves out"
  ) {
    for length in FrameLengths.common {
      let frame = FramePattern(length, seed: length)
      Script("\(length) bytes") {
        Step.open()
        Step.inject(frame)
        Step.peek(frame)
        Step.receive(frame)
      }
    }
    for length in [1, 13] + FrameLengths.longest {
      let frame = FramePattern(length, seed: length)
      Script("\(length) bytes from the device", bench: tap) {
        Step.open()
        Step.fault("readv", .finds(frame))
        Step.peek(frame)
        Step.receive(frame)
      }
    }
  }

  static let changesNothing = Requirement(
    "peek/changes-nothing",
    .must,
    "peeking again and again gives the same answer, and takes at most one frame from the device",
    because:
      "a peek that reads ahead takes frames out of the device's queue, where their number is "
      + "bounded and counted, into memory where it is neither",
    sources: [Source.seed(271...277)],
    hint: "a read without a look at the frame that is held already"
  ) {
    for length in FrameLengths.few {
      let frames = (1...3).map { FramePattern(length, seed: $0) }
      Script("\(length) bytes, then two more") {
        Step.open()
        Step.inject(frames[0], frames[1], frames[2])
        Step.repeated(5) { Step.peek.allowing(.length(length)) }
        for frame in frames { Step.receive(frame) }
        Step.peek
      }
      Script("\(length) bytes, reads counted", bench: tap) {
        Step.open()
        Step.inject(frames[0], frames[1], frames[2])
        Step.calls()
        Step.repeated(5) { Step.peek.allowing(.length(length)) }
        Step.calls("readv").allowing(Outcome(.callCount(0...1)))
      }
    }
  }

  static let keepsItsAnswer = Requirement(
    "peek/keeps-its-answer",
    .must,
    "a frame that arrives after a peek changes neither its answer nor the order",
    because:
      "the frontend has buffers for the first frame; a longer one in its place does not fit, "
      + "and a shorter one leaves the guest with a wrong length",
    sources: [Source.seed(271...277), Source.seed(301...313)],
    hint: "receive reads from the device although a frame is held from before"
  ) {
    for (first, second) in [(60, 1514), (1514, 60), (60, 60), (9014, 14), (14, 65_535)] {
      let (a, b) = (FramePattern(first, seed: 1), FramePattern(second, seed: 2))
      Script("\(first) bytes, then \(second)") {
        Step.open()
        Step.inject(a)
        Step.peek(a)
        Step.inject(b)
        Step.peek(a)
        Step.receive(a)
        Step.peek(b)
        Step.receive(b)
        Step.peek
      }
      Script("\(first) bytes, then \(second), received without a second peek") {
        Step.open()
        Step.inject(a)
        Step.peek(a)
        Step.inject(b)
        Step.receive(a)
        Step.receive(b)
      }
    }
  }

  static let frameIsDeliveredOnce = Requirement(
    "peek/frame-is-delivered-once",
    .must,
    "a frame that was peeked is delivered once: it is gone after receive or discard",
    because: "a frame delivered twice makes TCP resend and answers requests twice",
    sources: [Source.seed(309...313)],
    hint: "the buffer of the peeked frame not marked as empty on one of the ways out"
  ) {
    for length in FrameLengths.few {
      let (a, b) = (FramePattern(length, seed: 1), FramePattern(length, seed: 2))
      for isDiscarded in [false, true] {
        Script("\(length) bytes \(isDiscarded ? "discarded" : "received")") {
          Step.open()
          Step.inject(a)
          Step.peek(a)
          if isDiscarded { Step.discard(a) } else { Step.receive(a) }
          Step.receive()
          Step.peek
          Step.discard
          Step.inject(b)
          Step.receive(b)
        }
      }
    }
  }

  static let survivesDisableAndEnable = Requirement(
    "peek/survives-disable-and-enable",
    .must,
    "a frame that was peeked is still there after receive was disabled and enabled",
    because:
      "this is what a frontend does that finds no room for the frame: a backend that drops it "
      + "loses one frame each time the guest is slow",
    sources: [Source.seed(323...337)],
    hint: "disable clears more than the registration"
  ) {
    for length in FrameLengths.few {
      let frame = FramePattern(length)
      for isEnabledBefore in [false, true] {
        Script("\(length) bytes, \(isEnabledBefore ? "enabled" : "disabled") before") {
          Step.open()
          if isEnabledBefore { Step.enableReceive }
          Step.inject(frame)
          Step.peek(frame)
          Step.disableReceive
          Step.peek(frame)
          Step.enableReceive
          Step.peek(frame)
          Step.receive(frame)
          Step.receive()
        }
      }
    }
  }

  static let failedReadLeavesNothing = Requirement(
    "peek/failed-read-leaves-nothing",
    .must,
    "after a peek that failed, no frame is held: the next peek tells the next frame of the device",
    because:
      "a negative or stale length taken for a frame is delivered as rubbish, again and again",
    sources: [Source.seed(284...292)],
    hint: "the result of read stored as the length before it is looked at"
  ) {
    let frame = FramePattern(60)
    for errno in [ErrorNumber.io, ErrorNumber.outOfMemory, ErrorNumber.fault, ErrorNumber.invalid] {
      for isEarlier in [false, true] {
        Script("errno \(errno)\(isEarlier ? ", after an earlier frame" : "")", bench: tap) {
          Step.open()
          if isEarlier {
            Step.inject(FramePattern(1514))
            Step.peek(FramePattern(1514))
            Step.receive(FramePattern(1514))
          }
          Step.fault("readv", .fails(errno))
          Step.peek.allowing(.anyError)
          Step.peek
          Step.inject(frame)
          Step.peek(frame)
          Step.receive(frame)
          Step.receive()
        }
      }
    }
  }
}
