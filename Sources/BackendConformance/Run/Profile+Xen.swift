internal import XenNetif

extension Profile {
  /// What Linux's netback decides where the protocol leaves it open: it disables an interface whose
  /// frontend breaks the protocol.
  public static let xenLinux = Profile(
    name: "xen-linux",
    quirks: Quirk.ofLinuxNetback,
    options: NetbackPolicy.linux.choices
  )

  /// What FreeBSD's netback decides: it answers with errors and waits for the rest of short chains.
  public static let xenFreeBSD = Profile(
    name: "xen-freebsd",
    options: NetbackPolicy.freeBSD.choices
  )

  /// No more than the protocol promises, and an error for everything else.
  public static let xenStrict = Profile(
    name: "xen-strict",
    options: NetbackPolicy.strict.choices
  )
}

extension NetbackPolicy {
  /// What a simulated netback decides under a profile.
  static func of(_ profile: Profile) -> NetbackPolicy {
    switch profile.name {
    case Profile.xenLinux.name: .linux
    case Profile.xenFreeBSD.name: .freeBSD
    default: .strict
    }
  }

  /// The options of a profile that follows this policy, one for each ``XenChoice``.
  var choices: [String: String] {
    Dictionary(uniqueKeysWithValues: XenChoice.allCases.map { ($0.rawValue, label($0)) })
  }

  private func label(_ choice: XenChoice) -> String {
    switch choice {
    case .shortChain: chain.shortChain.rawValue
    case .violation: chain.violation.rawValue
    case .dataSlotLimit: "\(chain.dataSlotLimit)"
    case .excess: chain.fatalDataSlotCount == nil ? "error" : "fatal"
    case .firstPiece: "\(chain.leastFirstFragment)"
    case .repeatedExtra: chain.refusesRepeatedExtras ? "refused" : "last"
    case .headroomExtra: label(chain.lastKnownExtra.rawValue >= ExtraType.headroom.rawValue)
    case .hashExtra: label(chain.lastKnownExtra.rawValue >= ExtraType.hash.rawValue)
    default: netbackLabel(choice)
    }
  }

  private func netbackLabel(_ choice: XenChoice) -> String {
    switch choice {
    case .siblingStatus: siblingStatus == .okay ? "okay" : "error"
    case .responseOrder: responseOrder == .inOrder ? "inOrder" : "copiedFirst"
    case .segmentation: matchesSegmentation ? "checked" : "unchecked"
    case .shortHeader: checksHeaderLength ? "refused" : "believed"
    case .headroomForm: headroomLabel
    case .repeatedGroup: keepsDuplicateGroups ? "twice" : "once"
    case .longKey: longKeyLabel
    case .receiveProducer: checksReceiveProducer ? "fatal" : "ignored"
    default: storeLabel(choice)
    }
  }

  private func storeLabel(_ choice: XenChoice) -> String {
    switch choice {
    case .numberForm: numberForm == .exact ? "exact" : "scanned"
    case .addressForm: addressForm == .exact ? "exact" : "scanned"
    case .receiveCopy: requiresReceiveCopy ? "required" : "assumed"
    case .failedConnection: connectsDespiteErrors ? "connected" : "closed"
    case .queues: offers.contains(.queues) ? "several" : "one"
    case .splitChannels: offered(.splitChannels)
    case .controlRing: offered(.controlRing)
    case .multicastControl: offered(.multicastControl)
    default: offered(.headroom)
    }
  }

  private var headroomLabel: String {
    guard offers.contains(.headroom) else { return "none" }
    return headroomForm == .inOffset ? "offset" : "status"
  }

  private var longKeyLabel: String {
    guard offers.contains(.controlRing) else { return "unanswered" }
    return longKeyStatus == .bufferOverflow ? "overflow" : "invalid"
  }

  private func label(_ isKnown: Bool) -> String { isKnown ? "known" : "unknown" }

  private func offered(_ feature: NetbackOffers) -> String {
    offers.contains(feature) ? "offered" : "missing"
  }
}
