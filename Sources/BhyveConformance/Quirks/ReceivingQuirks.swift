internal import BackendConformance
internal import Glibc

/// Peeking into a bounce buffer, and receiving from it or from the device.
enum ReceivingQuirks {
  static let tap = [
    bounceSize, truncates, noRoom, zeroIsNothing, runt, bounceStalls, spins,
  ]

  private static let bounce = 1 << 16

  static let bounceSize = Quirk(
    "Q-BBUF64K",
    "peeking reads into 65536 bytes: of a longer frame the system drops the rest, and the frontend "
      + "is told of a frame of 65536 bytes",
    sources: [Source.seed(182...182), Source.seed(284...292)],
    families: ["tap"],
    rules: [
      .init(
        "peek/tells-the-length-that-receive-returns",
        "receive/longest-frames-are-received",
        "receive/too-long-frame-is-never-cut"
      ) { place in
        guard let long = place.found, long.totalLength > bounce else { return nil }
        switch place.action {
        case .peek: return [.length(bounce)]
        case .receive where place.before.last?.action == .peek:
          return [.frame(long.cut(to: bounce))]
        default: return nil
        }
      }
    ]
  )

  static let truncates = Quirk(
    "Q-SHORT-IOV=truncate",
    "into too little room goes what fits, and its length is returned as that of a whole frame; the "
      + "rest is dropped, by the backend if the frame was peeked and by the system if not",
    sources: [Source.seed(306...312), Source.seed(315...320)],
    families: ["tap"],
    rules: [
      .init(
        "receive/short-buffer-is-reported",
        "receive/short-buffer-keeps-or-drops-alike",
        "receive/short-buffer-does-not-wedge",
        "events/peeked-frame-is-announced",
        "errors/refusals-explain-themselves"
      ) { place in
        // The first round takes the frame; what the others find, nothing, is allowed already.
        guard let room = place.room, room > 0, place.round == 0,
          let frame = place.tooLong(for: room)
        else { return nil }
        return [.frame(frame.cut(to: room))]
      }
    ]
  )

  static let noRoom = Quirk(
    "Q-NO-ROOM=nothing",
    "without any room 0 is returned, which says that nothing is waiting; a frame that was peeked is "
      + "dropped with it, another one waits on",
    sources: [Source.seed(301...320)],
    families: ["tap"],
    rules: [
      .init("receive/no-room-at-all-is-reported") { place in
        guard place.room == 0, place.tooLong(for: 0) != nil else { return nil }
        return [.nothing]
      }
    ]
  )

  static let zeroIsNothing = Quirk(
    "Q-ZERO-READ",
    "a read that returns 0, at the end of the device or for a frame without bytes, is told as "
      + "nothing waiting",
    sources: [Source.seed(284...292), Source.seed(315...320)],
    families: ["tap"],
    rules: [
      .init("receive/end-of-file-is-reported", "events/end-of-the-device-does-not-spin") { place in
        guard place.isReading, place.allowsOnly(.error(["disconnected"], required: nil)),
          place.steps.contains(where: { $0.makesReadsReturnZero })
        else { return nil }
        return [.nothing]
      },
      .init("receive/short-frame-blocks-no-other") { place in
        guard let found = place.found, found.totalLength == 0, place.isReading,
          !place.before.contains(where: { $0.action.isReading })
        else { return nil }
        return [.nothing.labelled("gone")]
      },
    ]
  )

  static let runt = Quirk(
    "Q-RUNT",
    "whatever a read returns is the length of a frame, be it shorter than any header; peeked, it is "
      + "kept and delivered in front of the next one",
    sources: [Source.seed(284...292), Source.seed(315...320)],
    families: ["tap"],
    rules: [
      .init("tap/truncated-read-is-noticed") { place in
        guard place.isReading, let count = place.result(of: "readv") else { return nil }
        switch (place.action, place.before.count(where: { $0.action.isReading })) {
        case (.receive, 0): return [Outcome(.anyFrame(count))]
        case (_, 0): return [.length(count)]
        // The bounce buffer was zero, and nothing was stored there.
        case (_, 1) where place.isPeeked:
          return [.frame(FramePattern(bytes: [UInt8](repeating: 0, count: count)))]
        case (_, 2) where place.isPeeked: return place.injected.last.map { [.frame($0)] }
        default: return nil
        }
      }
    ]
  )

  static let bounceStalls = Quirk(
    "Q-BOUNCE-STALL",
    "a frame that was peeked is no longer in the device, whose descriptor is not readable then: "
      + "enabling brings no callback, and the frame waits until another one comes",
    sources: [Source.seed(271...289), Source.seed(323...337)],
    families: ["tap"],
    rules: [
      .init("events/peeked-frame-is-announced", "receive/backend-works-after-a-failed-read") {
        place in
        let isLast = !place.steps[(place.position + 1)...].contains(where: \.action.isAwaiting)
        return place.action.isAwaiting && isLast ? [.callbacks(0)] : nil
      }
    ]
  )

  static let spins = Quirk(
    "Q-SPIN",
    "the registration stays on whatever a read said: a descriptor that stays readable brings a "
      + "callback in every turn of the loop",
    sources: [Source.seed(284...292), Source.seed(323...329)],
    families: ["tap"],
    rules: [
      .init("events/end-of-the-device-does-not-spin") { place in
        guard case .runLoop(let turns) = place.action, place.fault?.call == "readv" else {
          return nil
        }
        return [.callbacks(turns)]
      }
    ]
  )
}

extension Quirk.Place {
  /// The frame that is waiting, if it is longer than `room`; `nil` if what waits fits.
  fileprivate func tooLong(for room: Int) -> FramePattern? {
    // A step that allows the error for lack of room says itself how long the frame is.
    let required = step.allowed.compactMap { outcome -> Int? in
      if case .error(let words, let required) = outcome.expectation, words == ["noSpace"] {
        return required
      }
      return nil
    }.first
    // What was put on the link before has been received by then.
    let waiting = lastInjected.first { required == nil || $0.totalLength == required }
    let isRefused = required != nil || allowsOnly(.systemError([], errno: 0))
    guard isRefused, let frame = waiting, frame.totalLength > room else { return nil }
    return frame
  }
}

extension Action {
  fileprivate var isAwaiting: Bool { if case .awaitCallbacks = self { true } else { false } }
}

extension Step {
  fileprivate var makesReadsReturnZero: Bool {
    if case .fault(let fault) = action { fault.effect == .returns(0) } else { false }
  }
}
