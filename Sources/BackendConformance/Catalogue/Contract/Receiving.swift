internal import NetBackend

/// Receiving a frame into the caller's buffers.
enum Receiving {
  static let all = [
    nothingIsWaiting, everyLengthPasses, scattersOverTheElements, exactFitIsDelivered,
    emptyElementsAreSkipped, restOfTheBuffersIsUntouched, absurdLengthsAreRoom, keepsTheOrder,
    staleErrnoDoesNotMatter,
  ]

  private static let tap = BenchOptions(families: ["tap"])

  static let nothingIsWaiting = Requirement(
    "receive/nothing-is-waiting",
    .must,
    "receiving when nothing is waiting says so at once, and leaves the buffers as they are",
    because: "the e1000 frontend receives without peeking: the first slirp backend waited in there "
      + "and stopped the whole guest",
    sources: [Source.seed(112...120), Source.seed(316...318), "FreeBSD D48164"],
    hint: "a descriptor left in blocking mode, or buffers cleared before it is known what comes"
  ) {
    for room in [[65_664], [60], [60, 0, 1454], [1, 1, 1, 1], [0, 60]] as [[UInt]] {
      Script("into \(room)") {
        Step.open()
        Step.receive(into: room)
        Step.enableReceive
        Step.receive(into: room)
        Step.inject(FramePattern(60))
        Step.receive(FramePattern(60))
        Step.receive(into: room)
        Step.peek
        Step.receive(into: room)
      }
    }
  }

  static let everyLengthPasses = Requirement(
    "receive/every-length-passes",
    .must,
    "frames of every length from 14 to 65535 bytes are received byte for byte, peeked before or not",
    because:
      "buffers of a fixed size that the header was not counted into cut the largest frames, and "
      + "only on the way that uses them",
    sources: [Source.seed(182...182), Source.seed(284...284), Source.seed(874...874)],
    hint: "a bounce buffer of 65536 bytes for frame and header together"
  ) {
    for length in FrameLengths.common { lengthScripts(length) }
  }

  @ScriptsBuilder
  private static func lengthScripts(_ length: Int) -> [Script] {
    let frame = FramePattern(length, seed: length)
    for isPeeked in [false, true] {
      Script("\(length) bytes\(isPeeked ? ", peeked" : "")") {
        Step.open()
        Step.inject(frame)
        if isPeeked { Step.peek(frame) }
        Step.receive(frame, into: [65_664])
        Step.receive()
      }
    }
  }

  static let scattersOverTheElements = Requirement(
    "receive/scatters-over-the-elements",
    .must,
    "the bytes received do not depend on how the room is split, nor on whether the frame was peeked",
    because:
      "one of two ways through a backend is tested less: illumos' dlpi backend fills only the "
      + "first element on one of them",
    sources: [Source.seed(306...318), Source.seed(651...676), "illumos net_backend_dlpi.c"],
    hint:
      "element 0 in place of the list, on the way that has no bounce buffer or on the one that has"
  ) {
    let fixed = [
      [10, 20, 2000], [1, 59], [14, 46], [59, 1], [20, 20, 20], [13, 1, 1, 45, 1000],
    ]
    for split in fixed {
      scatterScripts(FramePattern(60), split)
    }
    scatterScripts(FramePattern(60), Splits.even(60, size: 1))
    for seed in 1...20 as ClosedRange<UInt64> {
      let length = FrameLengths.few[Int(seed) % FrameLengths.few.count]
      let split = Splits.random(length + Int(seed) % 3, parts: 2 + Int(seed) * 2, seed: seed)
      scatterScripts(FramePattern(length, seed: Int(seed)), split)
    }
  }

  @ScriptsBuilder
  private static func scatterScripts(_ frame: FramePattern, _ split: [Int]) -> [Script] {
    for isPeeked in [false, true] {
      Script("\(frame) into \(Notation.list(split))\(isPeeked ? ", peeked" : "")") {
        Step.open()
        Step.inject(frame)
        if isPeeked { Step.peek(frame) }
        Step.receive(frame, into: split.asRoom)
      }
    }
  }

  static let exactFitIsDelivered = Requirement(
    "receive/exact-fit-is-delivered",
    .must,
    "a frame that fills the room to the last byte is delivered",
    because: "a comparison that is off by one refuses full frames, that is, all of a fast transfer",
    sources: [Source.seed(651...683), "openvmm issue 3119"],
    hint: "length < capacity in place of length <= capacity"
  ) {
    for length in FrameLengths.common {
      for parts in [1, 2, 5] {
        scatterScripts(
          FramePattern(length),
          Splits.random(length, parts: parts, seed: UInt64(length))
        )
      }
    }
  }

  static let emptyElementsAreSkipped = Requirement(
    "receive/empty-elements-are-skipped",
    .must,
    "elements of length zero take nothing, wherever they stand, and their address is not used",
    because:
      "a guest may offer empty buffers; taking one for the end of the room refuses a frame that "
      + "fits, and following its address ends the process",
    sources: [Source.seed(651...676)],
    hint: "a loop that stops at the first element without room"
  ) {
    for split in [
      [0, 60], [60, 0], [30, 0, 30], [0, 0, 30, 0, 30, 0], [0, 0, 0, 100], [59, 0, 1],
    ] {
      scatterScripts(FramePattern(60), split)
    }
  }

  static let restOfTheBuffersIsUntouched = Requirement(
    "receive/rest-of-the-buffers-is-untouched",
    .must,
    "no byte behind the frame and none outside the elements is written",
    because:
      "the memory behind belongs to the guest or to the monitor: Firecracker copied one byte "
      + "too many, and padding has overwritten what lay behind short frames",
    sources: ["Firecracker commit 34570dc79", Source.seed(651...660)],
    hint:
      "the capacity copied in place of the length, or a short frame padded in the caller's buffer"
  ) {
    for (length, split) in [
      (14, [60]), (59, [60]), (60, [61]), (60, [2048]), (60, [30, 31]), (60, [60, 1]),
      (60, [20, 100, 100]), (1514, [2048]), (1514, [1514, 1514]), (2048, [2049]),
      (2049, [2048, 2048]), (9014, [65_664]), (65_535, [65_536]), (14, [1, 1, 1, 1, 1, 1, 60, 1]),
    ] {
      scatterScripts(FramePattern(length), split)
    }
  }

  static let absurdLengthsAreRoom = Requirement(
    "receive/absurd-lengths-are-room",
    .must,
    "elements that claim more than an int or a process can hold count as room enough",
    because:
      "a length narrowed to 32 bits turns negative or zero, and the copy with it runs over the "
      + "memory or refuses every frame",
    sources: [Source.seed(637...637), Source.seed(652...655)],
    hint: "int for a length that the caller gives as size_t, or a sum that wraps around"
  ) {
    let half: UInt = 1 << 63
    for room in [
      [1 << 31], [(1 << 31) + 1], [1 << 32], [(1 << 32) + 59], [UInt(Int.max)], [UInt.max],
      [60, UInt.max], [UInt.max, UInt.max], [half, half], [1, UInt.max],
    ] as [[UInt]] {
      let frame = FramePattern(60)
      for isPeeked in [false, true] {
        Script("60 bytes into \(room)\(isPeeked ? ", peeked" : "")") {
          Step.open()
          Step.inject(frame)
          if isPeeked { Step.peek(frame) }
          Step.receive(frame, into: room)
          Step.receive()
        }
      }
    }
  }

  static let keepsTheOrder = Requirement(
    "receive/keeps-the-order",
    .must,
    "frames are received whole, once each, in the order in which they arrived, however they are asked "
      + "for",
    because:
      "reordering and duplicates make TCP slow down and resend; they appear where the way with "
      + "a peek and the way without one meet",
    sources: [Source.seed(295...321)],
    hint: "a frame held from a peek that a later receive passes by"
  ) {
    Script("200 numbered frames") {
      Step.open()
      Step.inject(FramePattern(60, count: 200))
      Step.repeated(200) { Step.receive(FramePattern(60)) }
      Step.receive()
    }
    for seed in 1...12 as ClosedRange<UInt64> { mixedRun(seed) }
  }

  private static func mixedRun(_ seed: UInt64) -> Script {
    var generator = SeededGenerator(seed)
    let frames = (1...60).map {
      FramePattern(FrameLengths.few[Int.random(in: 0..<4, using: &generator)], seed: $0)
    }
    let ways = frames.map { _ in Int.random(in: 0..<5, using: &generator) }
    return Script("60 frames in every way, seed \(seed)") {
      Step.open()
      for half in [0..<30, 30..<60] {
        for frame in frames[half] { Step.inject(frame) }
        for (frame, way) in zip(frames[half], ways[half]) {
          if way >= 2 { Step.peek(frame) }
          if way == 4 { Step.peek(frame) }
          if way == 1 { Step.discard(frame) } else { Step.receive(frame) }
        }
      }
      Step.peek
    }
  }

  static let staleErrnoDoesNotMatter = Requirement(
    "receive/stale-errno-does-not-matter",
    .must,
    "no answer depends on what errno was before the call",
    because: "errno is only meaningful after a call that failed: xhyve's read returned -1 without "
      + "setting it, and what happened next depended on an unrelated call",
    sources: ["xhyve vmn_read", Source.seed(285...285), Source.seed(316...316)],
    hint: "errno read after a call of one's own that may succeed or not set it"
  ) {
    let frame = FramePattern(60)
    for errno in [ErrorNumber.io, ErrorNumber.again, ErrorNumber.interrupted, ErrorNumber.badState]
    {
      Script("errno \(errno), nothing waiting") {
        Step.open()
        Step.setErrno(errno)
        Step.receive()
        Step.setErrno(errno)
        Step.peek
        Step.setErrno(errno)
        Step.discard
        Step.setErrno(errno)
        Step.send(frame)
      }
      Script("errno \(errno), reads and writes that fail", bench: tap) {
        Step.open()
        Step.inject(frame)
        for step in [Step.receive(), Step.peek, Step.discard] {
          Step.fault("readv", .fails(ErrorNumber.io))
          Step.setErrno(errno)
          step.allowing(.anyError)
        }
        Step.fault("writev", .fails(ErrorNumber.io))
        Step.setErrno(errno)
        Step.send(frame).allowing(.anyError)
        Step.receive(frame)
      }
    }
  }
}
