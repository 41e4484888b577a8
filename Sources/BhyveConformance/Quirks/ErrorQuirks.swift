internal import BackendConformance
internal import Glibc

/// How little the seed says of a failure.
enum ErrorQuirks {
  static let all = [errorCode, narrowLength]

  /// The steps of opening a tap that the seed makes.
  private static let tapSteps = ["open", "TUNSETIFF", "F_SETFL", "watch"]

  static let errorCode = Quirk(
    "Q-ERRCODE",
    "opening fails with -1 whatever went wrong, and with EINVAL, which no call returned, if no prefix "
      + "fits: in use, forbidden and missing are the same to the caller",
    sources: [Source.seed(210...254), Source.seed(774...775), Source.seed(784...788)],
    rules: [
      .init("names/whole-name-is-used", "open/device-in-use-is-busy") { place in
        place.allowsOnly(.explainedError(["busy"])) ? [.minusOne] : nil
      },
      .init("errors/explain-themselves", "errors/reason-fits-errno") { place in
        guard case .open = place.action, let call = place.fault?.call else { return nil }
        let steps = place.isNetmap ? ["watch"] : tapSteps
        return steps.contains(call) ? [.minusOne] : nil
      },
      .init("errors/refusals-explain-themselves") { place in
        guard case .open(let name?, _) = place.action else { return nil }
        let prefixes = place.isNetmap ? ["netmap", "vale"] : ["tap", "vmnet"]
        let isKnown = prefixes.contains { name.hasPrefix($0) }
        return isKnown ? nil : [.failure("unknownBackend", EINVAL)]
      },
      .init("tap/queue-mode-mismatch") { place in
        if case .open = place.action { [.minusOne] } else { nil }
      },
    ]
  )

  static let narrowLength = Quirk(
    "Q-LEN32",
    "the header length is an unsigned int: of a longer number the upper half is gone before it is "
      + "compared, and 2 to the power of 32 counts as 0",
    sources: [Source.seed(814...824)],
    rules: [
      .init("header/only-three-lengths") { place in
        guard place.isNetmap else {
          guard case .setFeatures(_, let length) = place.action, length != 0 else { return nil }
          return UInt32(truncatingIfNeeded: length) == 0 ? [.done] : nil
        }
        return place.isSwitchPort ? place.afterAcceptedHeader : nil
      }
    ]
  )
}
