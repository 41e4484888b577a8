internal import BackendConformance
internal import Glibc
internal import NetBackend

/// Features that nobody looks at, and the header length that is set with them.
enum NetmapFeatureQuirks {
  static let all = [featuresIgnored, assertsHeader, probes, cardRefuses, headerUnseen]

  static let featuresIgnored = Quirk(
    "Q-FEAT-IGNORED",
    "the features that a guest acknowledges are not looked at, only the header length is set: what "
      + "was never offered, what lacks what it needs, and offloads without a header are accepted",
    sources: [Source.seed(466...472), Source.seed(828...828)],
    families: ["vale"],
    rules: [
      .init(
        "features/only-offered-are-accepted",
        "features/dependencies-are-enforced",
        "features/offloads-need-header",
        "features/refusal-changes-nothing"
      ) { place in
        if let choice = place.step.choice, case .setFeatures = place.action {
          // Not offered, and yet done.
          return choice == "the feature is" && place.isUnoffered
            ? [.done.labelled("not offered")] : nil
        }
        return place.afterAcceptedHeader
      },
      .init("errors/refusals-explain-themselves") { place in
        guard case .setFeatures(let features, _) = place.action, !features.isEmpty else {
          return nil
        }
        return [.done]
      },
    ]
  )

  static let assertsHeader = Quirk(
    "Q-ASSERT-HEADER",
    "the frontend's length is stored before the port is asked: if the port refuses another length "
      + "than the one in use, an assertion that both are the same ends the process. The port stops "
      + "there",
    sources: [Source.seed(826...830)],
    families: ["vale"],
    rules: [
      .init("features/setting-is-all-or-nothing") { place in
        guard case .receive = place.action, let (old, new) = place.refusedHeader, old != 0,
          old != new
        else { return nil }
        return [.stopped.labelled("refused")]
      },
      .init("errors/explain-themselves") { place in
        guard case .setFeatures = place.action, place.errno(of: "PORT_HDR_SET") != nil else {
          return nil
        }
        return [.stopped]
      },
    ]
  )

  static let probes = Quirk(
    "Q-PROBE",
    "what is offered is found out by setting a header of 12 bytes and the old length again: a frame "
      + "that arrives in between has a header that nobody expects",
    sources: [Source.seed(438...464)],
    families: ["netmap"],
    rules: [
      .init("ring-header/asking-sets-nothing") { place in
        guard case .calls = place.action, place.allowsOnly(.calls([])),
          let times = place.before.repetitions
        else { return nil }
        let old = place.headerInUse
        // A card refuses the first of the two, so that the second is not made.
        let lengths = old == 12 ? [] : place.isCard ? [12] : [12, old]
        let calls = Array(repeating: lengths, count: times).flatMap { $0 }
        return [Outcome(.calls(calls.map { CallPattern("PORT_HDR_SET", $0) }))]
      },
      .init("features/offering-survives-faults") { place in
        // The second call is the one that sets the old length back.
        guard place.isSwitchPort, let fault = place.fault, fault.call == "PORT_HDR_SET",
          fault.after == 1, place.headerInUse != 12
        else { return nil }
        return place.afterFeatures ? place.outcome(withHeader: 12) : nil
      },
    ]
  )

  static let cardRefuses = Quirk(
    "Q-NIC-SETCAP0",
    "the header length is asked for with the prefix in front of the name, which no port has but those "
      + "of a switch: on a card every length is refused, 0 included",
    sources: [Source.seed(407...427)],
    families: ["netmap"],
    rules: [
      .init("features/nothing-is-always-accepted") { place in
        place.isCard && place.action == .setFeatures([], headerLength: 0)
          ? [.failure("unsupportedHeaderLength", 0)] : nil
      },
      .init("ring-header/card-has-none") { place in
        switch place.action {
        case .setFeatures(_, headerLength: 0): return [.failure("unsupportedHeaderLength", 0)]
        case .calls where place.allowsOnly(.calls([])):
          return [Outcome(.calls(place.asked.map { CallPattern("PORT_HDR_SET", $0) }))]
        default: return nil
        }
      },
    ]
  )

  static let headerUnseen = Quirk(
    "Q-HEADER-UNSEEN",
    "a header is passed on as the guest wrote it: with flags that the switch does not know, the "
      + "frame is dropped there and told as sent",
    sources: [Source.seed(544...598)],
    families: ["vale"],
    rules: [
      .init("header/unused-fields-are-ignored") { place in
        guard case .collect = place.action, let header = place.sent.last?.header, header[0] > 7
        else {
          return nil
        }
        return [.noFrames]
      }
    ]
  )
}

extension Quirk.Place {
  /// Whether the feature that the step sets is none that the seed offers for netmap.
  fileprivate var isUnoffered: Bool {
    guard case .setFeatures(let features, _) = action else { return false }
    let offered: VirtioNetFeatures = [
      .checksum, .hostTCP4, .hostTCP6, .hostUDP, .guestChecksum, .guestTCP4, .guestTCP6, .guestUDP,
    ]
    return !offered.isSuperset(of: features)
  }

  /// The header length that the seed uses before the step: that of the last legal one, its upper half
  /// cut off.
  var headerInUse: Int {
    before.reduce(0) { length, step in
      switch step.action {
      case .setFeatures(_, let asked): asked.asLegalHeader ?? length
      case .open: 0
      default: length
      }
    }
  }

  /// The header in use and the one asked for, when the port was made to refuse.
  fileprivate var refusedHeader: (old: Int, new: Int)? {
    guard errno(of: "PORT_HDR_SET") != nil,
      let asked = before.lastIndex(where: { $0.action.isSetting }),
      case .setFeatures(_, let new) = steps[asked].action
    else { return nil }
    let earlier = Quirk.Place(families: families, script: script, steps: steps, position: asked)
    return (earlier.headerInUse, new)
  }

  /// What a switch's port observes of a step after a header length was accepted that should not have
  /// been.
  var afterAcceptedHeader: [Outcome]? {
    if case .setFeatures(_, let asked) = action, asked.asLegalHeader != nil { return [.done] }
    return outcome(withHeader: headerInUse)
  }

  /// The header lengths that the seed asks the port for before the step.
  fileprivate var asked: [Int] {
    before.compactMap { step in
      switch step.action {
      case .offeredFeatures: 12
      case .setFeatures(_, let length): length.asLegalHeader
      default: nil
      }
    }
  }

  /// Whether the features have been asked for before the step.
  fileprivate var afterFeatures: Bool { before.contains { $0.action == .offeredFeatures } }

  /// What a switch's port observes of a step while its header has this length.
  fileprivate func outcome(withHeader header: Int) -> [Outcome]? {
    switch action {
    case .headerLength: return [Outcome(.headerLength(header))]
    case .receive:
      guard let frame = injected.last?.behindHeader(header), let room else { return nil }
      guard !step.allowed.contains(.frame(frame)) else { return nil }
      return frame.totalLength > room ? [.failure("system", ENOSPC)] : [.frame(frame)]
    case .collect:
      guard let sent = sent.last, sent.header.count != header else { return nil }
      // The switch takes off as many bytes as the port's header has.
      let rest = Array(sent.contents().dropFirst(header))
      // It drops what is too short, and what has the same source and destination.
      let isDropped = rest.count < 14 || rest[0..<6] == rest[6..<12]
      return isDropped ? [.noFrames] : [.frames(FramePattern(bytes: rest))]
    default: return nil
    }
  }
}

extension Action {
  fileprivate var isSetting: Bool { if case .setFeatures = self { true } else { false } }
}

extension Int {
  /// The number as the seed's unsigned int, if that is a legal header length.
  fileprivate var asLegalHeader: Int? {
    let length = Int(UInt32(truncatingIfNeeded: self))
    return [0, 10, 12].contains(length) ? length : nil
  }
}
