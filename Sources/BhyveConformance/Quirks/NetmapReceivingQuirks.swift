internal import BackendConformance
internal import Glibc

/// Receiving from netmap's rings.
enum NetmapReceivingQuirks {
  static let all = [retains, assertsElements, releasesLate, staleHeader, bufferCount]

  static let retains = Quirk(
    "Q-SHORT-IOV=retain",
    "into too little room goes what fits, and -ENOSPC is returned, which does not say how much the "
      + "frame needs; it stays, though the message says that it was dropped",
    sources: [Source.seed(666...673)],
    families: ["netmap"],
    rules: [
      .init(
        "receive/short-buffer-is-reported",
        "receive/short-buffer-keeps-or-drops-alike",
        "receive/short-buffer-does-not-wedge",
        "receive/no-room-at-all-is-reported",
        "events/peeked-frame-is-announced",
        "header/room-includes-header",
        "ring-receive/refused-frame-stays-or-goes-whole"
      ) { place in
        // A card has no header.
        guard place.script.requirement != "header/room-includes-header" || place.isSwitchPort,
          case .receive(let lengths) = place.action, !lengths.isEmpty, place.wantsMoreRoom
        else { return nil }
        return [.failure("system", ENOSPC).labelled("kept")]
      },
      .init("errors/refusals-explain-themselves") { place in
        guard case .receive(let lengths) = place.action, lengths == [1] else { return nil }
        return [.failure("system", ENOSPC)]
      },
    ]
  )

  static let assertsElements = Quirk(
    "Q-ASSERT-IOVCNT",
    "a list without elements runs into an assertion: a guest without buffers ends the process. The "
      + "port stops there",
    sources: [Source.seed(632...632)],
    families: ["netmap"],
    rules: [
      .init("receive/no-room-at-all-is-reported") { place in
        let steps = place.steps[...place.position]
        return place.isReading && steps.contains { $0.action == .receive(into: []) }
          ? [.stopped] : nil
      }
    ]
  )

  static let releasesLate = Quirk(
    "Q-NO-RXSYNC",
    "the kernel is never asked for frames, nor told of slots that were received, but by the poll of "
      + "the event loop: a ring that was full and is empty again has no room for the next frame, and a "
      + "device that fails is never noticed",
    sources: [Source.seed(601...619), Source.seed(682...685)],
    families: ["netmap"],
    rules: [
      .init("switch/overload-is-dropped-at-the-receiver", "switch/chains-are-dropped-whole") {
        place in
        let slots = place.script.bench.options["slots"] ?? 1024
        let isLast = place.position == place.steps.count - 1
        guard isLast, case .receive = place.action, let sent = place.before.repetitions else {
          return nil
        }
        return sent >= slots - 1 ? [.nothing] : nil
      },
      .init(
        "receive/failed-read-is-reported",
        "ring-receive/failing-sync-is-reported",
        "errors/explain-themselves"
      ) { place in
        guard place.isReading, place.errno(of: "NIOCRXSYNC") != nil,
          !place.before.contains(where: { $0.action.isReading })
        else { return nil }
        guard let frame = place.injected.last else { return [.nothing] }
        if case .receive = place.action { return [.frame(frame)] }
        return [.length(frame.totalLength)]
      },
    ]
  )

  static let staleHeader = Quirk(
    "Q-STALE-HEADER",
    "frames that lie in the ring when the header length changes are delivered as they are: a guest "
      + "takes the beginning of the frame for a header, or a header for the frame",
    sources: [Source.seed(416...436), Source.seed(621...686)],
    families: ["vale"],
    rules: [
      .init("header/waiting-frames-are-not-misread") { place in
        guard case .receive = place.action, let old = place.headerOfArrival else { return nil }
        let received = place.before.count { $0.action.isReading }
        guard received < place.injected.count else { return nil }
        return [.frame(place.injected[received].behindHeader(old)).labelled("delivered")]
      }
    ]
  )

  static let bufferCount = Quirk(
    "Q-NUM-BUFFERS",
    "the last two bytes of a header of 12 are delivered as netmap left them, zero: nobody says that "
      + "the frame lies in one buffer",
    sources: [Source.seed(651...676)],
    families: ["vale"],
    rules: [
      .init("header/buffer-count-is-one") { place in
        guard case .receive = place.action, let frame = place.injected.last else { return nil }
        return [.frame(frame.behindHeader(12))]
      },
      .init("switch/equal-headers-pass-unchanged") { place in
        guard case .receive = place.action, let sent = place.sent.last, sent.header.count == 12
        else {
          return nil
        }
        return [.frame(sent)]
      },
    ]
  )
}

extension Quirk.Place {
  /// Whether the step is one that finds a frame for which there is no room.
  fileprivate var wantsMoreRoom: Bool {
    step.allowed.contains { outcome in
      if case .error(["noSpace"], _) = outcome.expectation { true } else { false }
    }
  }

  /// The header length that was in use when frames were put on the link last.
  fileprivate var headerOfArrival: Int? {
    guard let arrival = before.lastIndex(where: { $0.action.isInjecting }) else { return nil }
    return Quirk.Place(families: families, script: script, steps: steps, position: arrival)
      .headerInUse
  }
}

extension Action {
  fileprivate var isInjecting: Bool { if case .inject = self { true } else { false } }

  var isReading: Bool {
    switch self {
    case .peek, .receive, .discard: true
    default: false
    }
  }
}
