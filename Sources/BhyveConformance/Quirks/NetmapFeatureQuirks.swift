internal import BackendConformance
internal import Glibc
internal import NetBackend

/// Features that nobody looks at, and the header length that is set with them.
enum NetmapFeatureQuirks {
  static let all = [featuresIgnored, cardRefuses, headerUnseen]

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
      }
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

  /// What a switch's port observes of a step after a header length was accepted that should not have
  /// been.
  var afterAcceptedHeader: [Outcome]? {
    switch action {
    case .setFeatures(_, let asked) where asked.asLegalHeader != nil: return [.done]
    case .headerLength: return [Outcome(.headerLength(headerInUse))]
    case .receive:
      guard let frame = injected.last?.behindHeader(headerInUse), let room else { return nil }
      guard !step.allowed.contains(.frame(frame)) else { return nil }
      return frame.totalLength > room ? [.failure("system", ENOSPC)] : [.frame(frame)]
    case .collect:
      guard let sent = sent.last, sent.header.count != headerInUse else { return nil }
      // The switch takes off as many bytes as the port's header has.
      let rest = Array(sent.contents().dropFirst(headerInUse))
      // It drops what is too short, and what has the same source and destination.
      let isDropped = rest.count < 14 || rest[0..<6] == rest[6..<12]
      return isDropped ? [.noFrames] : [.frames(FramePattern(bytes: rest))]
    default: return nil
    }
  }
}

extension Int {
  /// The number as the seed's unsigned int, if that is a legal header length.
  fileprivate var asLegalHeader: Int? {
    let length = Int(UInt32(truncatingIfNeeded: self))
    return [0, 10, 12].contains(length) ? length : nil
  }
}
