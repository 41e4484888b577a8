internal import BackendConformance
internal import Glibc

/// How little the seed says of a failure.
enum ErrorQuirks {
  static let tap = [errorCode, narrowLength]

  /// The steps of opening that the seed makes.
  private static let steps = ["open", "TUNSETIFF", "F_SETFL", "watch"]

  static let errorCode = Quirk(
    "Q-ERRCODE",
    "opening fails with -1 whatever went wrong, and with EINVAL, which no call returned, if no prefix "
      + "fits: in use, forbidden and missing are the same to the caller",
    sources: [Source.seed(210...254), Source.seed(774...775), Source.seed(784...788)],
    families: ["tap"],
    rules: [
      .init("names/whole-name-is-used", "open/device-in-use-is-busy") { place in
        place.allowsOnly(.explainedError(["busy"])) ? [.minusOne] : nil
      },
      .init("errors/explain-themselves", "errors/reason-fits-errno") { place in
        guard case .open = place.action, let call = place.fault?.call, steps.contains(call) else {
          return nil
        }
        return [.minusOne]
      },
      .init("errors/refusals-explain-themselves") { place in
        guard place.action == .open(name: "nonsense0", descriptor: nil) else { return nil }
        return [.failure("unknownBackend", EINVAL)]
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
        guard case .setFeatures(_, let length) = place.action, length != 0,
          UInt32(truncatingIfNeeded: length) == 0
        else { return nil }
        return [.done]
      }
    ]
  )
}
