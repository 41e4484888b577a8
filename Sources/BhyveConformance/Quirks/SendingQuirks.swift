internal import BackendConformance
internal import Glibc

/// Sending: one `writev`, whose result is the answer whatever it is.
enum SendingQuirks {
  static let tap = [unchecked, interrupted, shortWrite]

  static let unchecked = Quirk(
    "Q-UNCHECKED",
    "no length is looked at: the list goes to the system as it is, so that an empty frame counts as "
      + "sent, one of a megabyte leaves in one piece, and what is absurd gets the system's own answer",
    sources: [Source.seed(259...263), Source.seed(315...320)],
    families: ["tap"],
    rules: [
      .init("send/overlong-frame-is-refused") { place in
        // What the kernel finds memory for it takes; every other case allows that already.
        guard let first = place.steps.firstSent, first.totalLength >= 1 << 20 else { return nil }
        switch place.action {
        case .send(let frame, _) where frame == first: return [.length(frame.totalLength)]
        case .collect where place.allowsOnly(.frames([])): return [Outcome(.frames(place.sent))]
        default: return nil
        }
      },
      .init("send/absurd-lengths-are-refused", allowed: absurd),
      .init("errors/refusals-explain-themselves") { place in
        if case .send(let frame, _) = place.action, frame.totalLength == 0 { return [.length(0)] }
        return absurd(place)
      },
      .init("receive/absurd-lengths-are-room") { place in
        guard !place.isPeeked, place.steps.contains(where: \.action.hasImpossibleRoom) else {
          return nil
        }
        guard case .receive = place.action else { return nil }
        // Nothing was read, so that the frame is still there for the next call.
        return place.action.hasImpossibleRoom
          ? [.failure("system", EINVAL)] : place.injected.last.map { [.frame($0)] }
      },
    ]
  )

  /// What Linux says to lists of lengths that no memory can have.
  private static func absurd(_ place: Quirk.Place) -> [Outcome]? {
    guard case .sendClaiming(let lengths) = place.action else { return nil }
    // A sum beyond 63 bits is refused; for less there is no memory, which counts as no room.
    return lengths.isImpossible ? [.failure("dropped", EINVAL)] : [.nothing]
  }

  static let interrupted = Quirk(
    "Q-EINTR",
    "a call that a signal interrupted is not made again: the frame to send is lost, and a read that "
      + "would have found one is an error",
    sources: [Source.seed(262...262), Source.seed(284...292), Source.seed(315...320)],
    families: ["tap"],
    rules: [
      .init("send/interrupted-write-is-repeated") { place in
        switch place.action {
        case .send: [.failure("system", EINTR)]
        case .collect: [.noFrames]
        default: nil
        }
      },
      .init("receive/interrupted-read-is-repeated") { place in
        place.isReading ? [.failure("system", EINTR)] : nil
      },
    ]
  )

  static let shortWrite = Quirk(
    "Q-SHORT-WRITE",
    "a write that took a part of the frame, or nothing, is passed up as a success of that many "
      + "bytes; the frame is lost and nobody is told",
    sources: [Source.seed(262...262)],
    families: ["tap"],
    rules: [
      .init("send/partial-write-is-a-loss", "send/drops-are-counted") { place in
        // Only the first send meets the fault.
        guard case .send = place.action, place.sent.isEmpty else { return nil }
        return place.result(of: "writev").map { [.length($0)] }
      }
    ]
  )
}

extension Action {
  fileprivate var hasImpossibleRoom: Bool {
    if case .receive(let lengths) = self { lengths.isImpossible } else { false }
  }
}

extension [UInt] {
  /// Whether one of the lengths, or their sum, does not fit 63 bits.
  fileprivate var isImpossible: Bool {
    var sum = 0
    return contains { length in
      guard let length = Int(exactly: length) else { return true }
      let (total, overflow) = sum.addingReportingOverflow(length)
      sum = total
      return overflow
    }
  }
}
