internal import NetBackend

/// Receiving a frame into the caller's buffers.
enum Receiving {
  static let all = [shortBufferIsReported]

  static let shortBufferIsReported = Requirement(
    "receive/short-buffer-is-reported",
    .must,
    "a frame that does not fit the buffers is never passed off as a whole",
    because: "a frontend that is told 120 bytes hands 120 bytes to the guest, which then sees a "
      + "corrupt frame that no counter knows of",
    sources: [Source.seed(306...312), Source.seed(669...672)],
    hint: "the count that a copy into the buffers returns, used as the length of the frame"
  ) {
    for (length, room) in [(60, [59]), (1514, [60, 60]), (1514, [0, 1513]), (9014, [1])]
      as [(Int, [UInt])]
    {
      let frame = FramePattern(length)
      for isPeeked in [false, true] {
        Script("\(length) bytes into \(room)\(isPeeked ? ", peeked" : "")") {
          Step.open()
          Step.inject(frame)
          if isPeeked { Step.peek(frame) }
          Step.receive(into: room).allowing(.noSpace(required: length))
        }
      }
    }
  }
}
