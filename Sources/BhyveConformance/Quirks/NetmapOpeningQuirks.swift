internal import BackendConformance
internal import Glibc

/// What the seed does not look at when it opens a netmap port.
enum NetmapOpeningQuirks {
  static let all = [shortName, offsets, headerLeft]

  static let shortName = Quirk(
    "Q-IFNAMSIZ",
    "of a name 15 bytes are kept, and the rest is cut off without a word: another port is opened, or "
      + "asked for",
    sources: [Source.seed(480...483)],
    families: ["netmap"],
    rules: [
      .init("ring-open/name-follows-the-grammar") { place in
        guard let name = place.openedName, let cut = cutNames[name] else { return nil }
        switch (place.action, cut) {
        case (.open, .exists): return [.opened]
        case (.calls, .exists): return [.calls("open", "NIOCREGIF", "mmap", "watch")]
        case (.calls, .isMissing): return [.calls("open", "NIOCREGIF", "close")]
        default: return nil
        }
      }
    ]
  )

  private enum Cut {
    /// What is left is a port that can be made.
    case exists
    /// What is left is the name of a port that there is not.
    case isMissing
  }

  /// The names of which something is left that is a name as well.
  private static let cutNames: [String: Cut] = [
    "vale0:abcdefghij": .exists, "netmap:eth0-99999": .isMissing, "netmap:eth0\u{0}": .isMissing,
    "netmap:interface-with-a-long-name": .isMissing, "netmap:abcdefghijklmnop": .isMissing,
  ]

  static let offsets = Quirk(
    "Q-OFFSETS",
    "that slots may carry offsets into their buffers is not looked at: the guest is given what lies in "
      + "front of the frame",
    sources: [Source.seed(483...493)],
    families: ["netmap"],
    rules: [
      .init("ring-open/offsets-are-refused") { place in
        switch place.action {
        case .open where place.allowsOnly(.explainedError([])): return [.opened]
        case .ledger: return [Outcome(.stillOpen(1))]
        default: return nil
        }
      }
    ]
  )

  static let headerLeft = Quirk(
    "Q-HEADER-LEFT",
    "the header length of the port is neither asked for nor set at open: on a port that somebody else "
      + "left with a header, all frames are shifted by it, in both directions",
    sources: [Source.seed(483...498), Source.seed(780...781)],
    families: ["vale"],
    rules: [
      .init("ring-header/left-behind-is-reset") { place in
        let left = 12
        let isSet = place.before.contains { $0.isSettingHeader }
        switch place.action {
        case .open where place.fault != nil: return [.opened]
        case .ledger: return [Outcome(.stillOpen(1))]
        case .collect where !isSet:
          guard let sent = place.sent.last else { return nil }
          return [.frames(FramePattern(bytes: Array(sent.contents().dropFirst(left))))]
        case .receive:
          // The first frame has no room behind its header, and stays in front of the second.
          guard let first = place.injected.first?.behindHeader(left), let room = place.room else {
            return nil
          }
          return first.totalLength > room ? [.failure("system", ENOSPC)] : [.frame(first)]
        default: return nil
        }
      }
    ]
  )
}

extension Quirk.Place {
  /// The name that is opened first.
  fileprivate var openedName: String? {
    steps.lazy.compactMap { if case .open(let name?, _) = $0.action { name } else { nil } }.first
  }
}

extension Step {
  fileprivate var isSettingHeader: Bool {
    if case .setFeatures = action { true } else { false }
  }
}
