internal import BackendConformance
internal import Glibc

/// Sending through netmap's rings: elements copied into slots, with no length looked at.
enum NetmapSendingQuirks {
  static let all = [emptyFrame, tooManySlots, tooShort, intLength]

  static let emptyFrame = Quirk(
    "Q-EMPTY-TX",
    "a frame without bytes is published as a slot of length zero: a card's peer is given an empty "
      + "frame",
    sources: [Source.seed(540...591)],
    families: ["netmap"],
    rules: [
      .init("send/empty-frame-is-not-sent") { place in
        // A switch drops it.
        guard place.isCard, case .collect = place.action else { return nil }
        if place.allowsOnly(.frames([])) { return [.frames(FramePattern(0))] }
        guard let times = place.before.repetitions, let sent = place.sent.last else { return nil }
        return [.frames(FramePattern(0, count: times), sent)]
      },
      .init("errors/refusals-explain-themselves") { place in
        guard case .send(let frame, _) = place.action, frame.totalLength == 0 else { return nil }
        return [.length(0)]
      },
    ]
  )

  static let tooManySlots = Quirk(
    "Q-FRAG64",
    "a frame is spread over as many slots as it takes, also over more than the 64 that netmap "
      + "permits: one of a megabyte is sent",
    sources: [Source.seed(544...585)],
    families: ["netmap"],
    rules: [
      .init("send/overlong-frame-is-refused") { place in
        guard let first = place.steps.firstSent, first.totalLength >= 1 << 20 else { return nil }
        switch place.action {
        case .send(let frame, _) where frame == first: return [.length(frame.totalLength)]
        // A switch, which drops it, is told of it as well.
        case .collect where place.allowsOnly(.frames([])) && place.isCard:
          return [Outcome(.frames(place.sent))]
        default: return nil
        }
      },
      .init("ring-send/at-most-64-slots") { place in place.ringOutcome },
    ]
  )

  static let tooShort = Quirk(
    "Q-TOO-SHORT",
    "a frame shorter than the headers it has to have is published and told as sent; a switch drops "
      + "it without a word",
    sources: [Source.seed(544...598)],
    families: ["vale"],
    rules: [
      .init("send/short-frame-does-no-harm") { place in
        guard case .collect = place.action, let next = place.sent.last else { return nil }
        return [.frames(next).labelled("sent")]
      },
      .init("header/short-send-is-refused") { place in
        guard case .send(let frame, _) = place.action, place.sent.isEmpty else { return nil }
        return [.length(frame.totalLength)]
      },
    ]
  )

  static let intLength = Quirk(
    "Q-INT-LENGTH",
    "the length of an element becomes an int: of one that does not fit, the lower half counts, and "
      + "where that is negative C copies without an end. The port stops there",
    sources: [Source.seed(545...558), Source.seed(637...655)],
    families: ["netmap"],
    rules: [
      .init("send/absurd-lengths-are-refused") { place in
        guard let lengths = place.steps.claimed else { return nil }
        guard lengths.asInts.allSatisfy({ $0 >= 0 }) else { return stoppedSend(place) }
        let total = lengths.asInts.reduce(0, +)
        switch place.action {
        case .sendClaiming: return [.length(total)]
        // What is sent are the zeros behind the claims, which a switch drops: to itself from itself.
        case .collect where place.allowsOnly(.frames([])) && place.isCard:
          return [.frames(.zeros(total))]
        default: return nil
        }
      },
      .init("errors/refusals-explain-themselves") { place in
        guard case .sendClaiming(let lengths) = place.action else { return nil }
        return [.length(lengths.asInts.reduce(0, +))]
      },
      .init("receive/absurd-lengths-are-room") { place in
        guard let room = place.steps.firstRoom?.asInts, case .receive = place.action,
          let frame = place.injected.last
        else { return nil }
        let fits = room.reduce(into: 0) { if $0 < frame.totalLength { $0 += $1 } }
        let isStopped = room.fillsUp(to: frame.totalLength)
        if isStopped { return [.stopped] }
        guard fits < frame.totalLength else { return nil }
        let isFirst = !place.before.contains { $0.action.isReceiving }
        return isFirst ? [.failure("system", ENOSPC)] : [.frame(frame)]
      },
    ]
  )

  /// Sending after the port has stopped.
  private static func stoppedSend(_ place: Quirk.Place) -> [Outcome]? {
    switch place.action {
    case .sendClaiming, .send: [.stopped]
    case .collect: [.noFrames]
    default: nil
    }
  }
}

extension FramePattern {
  fileprivate static func zeros(_ length: Int) -> FramePattern {
    FramePattern(bytes: [UInt8](repeating: 0, count: length))
  }
}

extension [UInt] {
  /// The lengths as ints.
  fileprivate var asInts: [Int] { map { Int(Int32(truncatingIfNeeded: $0)) } }
}

extension [Int] {
  /// Whether copying `length` bytes comes to an element whose length is negative.
  fileprivate func fillsUp(to length: Int) -> Bool {
    var left = length
    for room in self {
      if room < 0 { return true }
      if room >= left { return false }
      left -= room
    }
    return false
  }
}

extension [Step] {
  var firstSent: FramePattern? {
    lazy.compactMap { if case .send(let frame, _) = $0.action { frame } else { nil } }.first
  }

  fileprivate var claimed: [UInt]? {
    lazy.compactMap { if case .sendClaiming(let lengths) = $0.action { lengths } else { nil } }
      .first
  }

  fileprivate var firstRoom: [UInt]? {
    lazy.compactMap { if case .receive(let lengths) = $0.action { lengths } else { nil } }.first
  }
}

extension ArraySlice<Step> {
  /// How often the first repetition among the steps is played.
  var repetitions: Int? {
    lazy.compactMap { if case .repeated(let times, _) = $0.action { times } else { nil } }.first
  }
}

extension Action {
  fileprivate var isReceiving: Bool { if case .receive = self { true } else { false } }
}
