internal import NetBackend

/// Discarding the next frame.
enum Discarding {
  static let all = [
    nothingIsWaiting, takesOneFrameAtATime, takesThePeekedFrame, everyLengthGoes,
    failedReadIsReported,
  ]

  private static let tap = BenchOptions(families: ["tap"])

  static let nothingIsWaiting = Requirement(
    "discard/nothing-is-waiting",
    .must,
    "discarding when nothing is waiting says so, and takes nothing from the frame that comes next",
    because: "a discard that is remembered, or waits for a frame, loses one that somebody wanted",
    sources: [Source.seed(861...865)],
    hint: "a flag to drop the next frame in place of dropping one"
  ) {
    let frame = FramePattern(60)
    for times in [1, 3] {
      Script("\(times) times, then a frame") {
        Step.open()
        Step.repeated(times) { Step.discard }
        Step.inject(frame)
        Step.receive(frame)
        Step.repeated(times) { Step.discard }
        Step.peek
        Step.discard
        Step.inject(frame)
        Step.peek(frame)
        Step.receive(frame)
      }
    }
  }

  static let takesOneFrameAtATime = Requirement(
    "discard/takes-one-frame-at-a-time",
    .must,
    "each discard takes exactly one frame, the next, and returns its length",
    because:
      "a frontend discards the frames it has no buffers for, one by one; a backend that empties "
      + "its queue takes the ones it would have had buffers for",
    sources: [Source.seed(861...881)],
    hint: "reads until nothing is left"
  ) {
    for lengths in [[60, 1514, 14], [1514, 60, 9014], [65_535, 60, 65_535], [60, 60, 60]] {
      let frames = lengths.enumerated().map { FramePattern($1, seed: $0 + 1) }
      Script("\(lengths) bytes, all discarded") {
        Step.open()
        Step(.inject(frames), allowed: [.done])
        for frame in frames { Step.discard(frame) }
        Step.discard
      }
      Script("\(lengths) bytes, the second discarded") {
        Step.open()
        Step(.inject(frames), allowed: [.done])
        Step.receive(frames[0])
        Step.discard(frames[1])
        Step.receive(frames[2])
        Step.receive()
      }
    }
  }

  static let takesThePeekedFrame = Requirement(
    "discard/takes-the-peeked-frame",
    .must,
    "after a peek discard takes the frame that was peeked, and not the one behind it",
    because:
      "the frontend looked at the length, found no buffers and discarded: the frame behind it "
      + "was not the one it could not take",
    sources: [Source.seed(301...313), Source.seed(880...880)],
    hint: "discard reads from the device and forgets the frame that is held"
  ) {
    for (first, second) in [(60, 1514), (1514, 60), (60, 60), (65_535, 14)] {
      let (a, b) = (FramePattern(first, seed: 1), FramePattern(second, seed: 2))
      for peeks in [1, 3] {
        Script("\(first) bytes peeked \(peeks) times, then \(second) bytes") {
          Step.open()
          Step.inject(a, b)
          Step.repeated(peeks) { Step.peek.allowing(.length(first)) }
          Step.discard(a)
          Step.receive(b)
          Step.peek
        }
      }
    }
  }

  static let everyLengthGoes = Requirement(
    "discard/every-length-goes",
    .must,
    "discard takes frames of every length, and returns it",
    because: "bhyve discards into a buffer of 65600 bytes: a longer frame does not fit, stays, and "
      + "nothing that comes behind it is ever received",
    sources: [Source.seed(669...672), Source.seed(874...881)],
    hint: "a receive into a scratch buffer of fixed size"
  ) {
    for length in FrameLengths.common { lengthScript(length, FramePattern(length)) }
    for length in [1, 13] + FrameLengths.longest {
      let frame = FramePattern(length)
      Script("\(length) bytes from the device", bench: tap) {
        Step.open()
        Step.fault("readv", .finds(frame))
        Step.discard(frame)
        Step.discard
      }
    }
  }

  private static func lengthScript(_ length: Int, _ frame: FramePattern) -> Script {
    let next = FramePattern(60, seed: 9)
    return Script("\(length) bytes") {
      Step.open()
      Step.inject(frame, next)
      Step.discard(frame)
      Step.receive(next)
    }
  }

  static let failedReadIsReported = Requirement(
    "discard/failed-read-is-reported",
    .must,
    "a discard whose read failed throws, and the next one takes the frame that waits",
    because:
      "\"nothing to discard\" on a device that fails ends the frontend's loop, and the frame "
      + "waits for ever",
    sources: [Source.seed(861...865)],
    hint: "the result of the read not looked at, as nobody wants the bytes"
  ) {
    let frame = FramePattern(60)
    for errno in [ErrorNumber.io, ErrorNumber.outOfMemory, ErrorNumber.invalid] {
      Script("errno \(errno)", bench: tap) {
        Step.open()
        Step.inject(frame)
        Step.fault("readv", .fails(errno))
        Step.discard.allowing(.anyError)
        Step.discard(frame)
        Step.discard
      }
    }
  }
}
