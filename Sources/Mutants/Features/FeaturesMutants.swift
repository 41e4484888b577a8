internal import NetBackend

/// Backends that offer or accept the wrong features, or accept them by halves.
enum FeaturesMutants {
  static let all = offers + acceptance + state

  private static let offers = [
    Mutant(
      tap: "tap.probes-by-setting",
      breaks: "features/offering-changes-nothing",
      observed: "nothing",
      changing: { _ in
        TamperedBackend.Changes {
          $0.offered = { base throws(BackendError) in
            let length = base.headerLength
            try base.setFeatures([], headerLength: length == 12 ? 10 : 12)
            try base.setFeatures([], headerLength: length)
            return try base.offeredFeatures()
          }
        }
      }
    ),
    Mutant(
      tap: "tap.ignores-failed-restore",
      breaks: "features/offering-survives-faults",
      observed: "header of 12 bytes",
      changing: { _ in
        TamperedBackend.Changes {
          $0.offered = { base throws(BackendError) in
            let length = base.headerLength
            try base.setFeatures([], headerLength: 12)
            try? base.setFeatures([], headerLength: length)
            return try base.offeredFeatures()
          }
        }
      }
    ),
    Mutant(
      tap: "tap.offers-segments-without-checksum",
      breaks: "features/offered-are-complete",
      observed: "GUEST_TSO4",
      changing: { _ in
        TamperedBackend.Changes {
          $0.offered = { base throws(BackendError) in
            try base.offeredFeatures().subtracting(.guestChecksum)
          }
        }
      }
    ),
  ]

  private static let acceptance = [
    setting(
      "tap.masks-unknown-features",
      breaks: "features/only-offered-are-accepted",
      observed: "the feature is offered"
    ) { base, features, length throws(BackendError) in
      let offered = try base.offeredFeatures()
      try base.setFeatures(features.intersection(offered), headerLength: length)
    },
    setting(
      "tap.adds-missing-features",
      breaks: "features/dependencies-are-enforced",
      observed: "done"
    ) { base, features, length throws(BackendError) in
      let needed: VirtioNetFeatures = features.isEmpty ? [] : [.checksum, .guestChecksum]
      try base.setFeatures(features.union(needed), headerLength: length)
    },
    setting(
      "tap.ignores-features-without-header",
      breaks: "features/offloads-need-header",
      observed: "done"
    ) { base, features, length throws(BackendError) in
      try base.setFeatures(length == 0 ? [] : features, headerLength: length)
    },
    setting(
      "tap.insists-on-header",
      breaks: "features/nothing-is-always-accepted",
      observed: "unsupportedHeaderLength"
    ) { base, features, length throws(BackendError) in
      guard length > 0 else {
        throw BackendError(.unsupportedHeaderLength, call: "setFeatures", subject: "tap0")
      }
      try base.setFeatures(features, headerLength: length)
    },
  ]

  private static let state = [
    Mutant(
      tap: "tap.stores-length-before-success",
      breaks: "features/setting-is-all-or-nothing",
      observed: "the header is set",
      changing: { _ in
        let length = Remembered(0)
        return TamperedBackend.Changes {
          $0.set = { base, features, wanted throws(BackendError) in
            length.value = wanted
            try base.setFeatures(features, headerLength: wanted)
          }
          $0.headerLength = { _ in length.value }
        }
      }
    ),
    setting(
      "tap.refusal-drops-header",
      breaks: "features/refusal-changes-nothing",
      observed: "header of 0 bytes"
    ) { base, features, length throws(BackendError) in
      do throws(BackendError) {
        try base.setFeatures(features, headerLength: length)
      } catch {
        try base.setFeatures([], headerLength: 0)
        throw error
      }
    },
    setting(
      "tap.never-switches-off",
      breaks: "features/reset-switches-off",
      observed: "header of 12 bytes"
    ) { base, features, length throws(BackendError) in
      if length > 0 { try base.setFeatures(features, headerLength: length) }
    },
    Mutant(
      tap: "tap.keeps-first-setting",
      breaks: "features/last-setting-wins",
      observed: "header of 10 bytes",
      changing: { _ in
        let isSet = Remembered(false)
        return TamperedBackend.Changes {
          $0.set = { base, features, length throws(BackendError) in
            guard !isSet.value else { return }
            try base.setFeatures(features, headerLength: length)
            isSet.value = true
          }
        }
      }
    ),
  ]

  private static func setting(
    _ name: String,
    breaks: String,
    observed: String,
    _ set:
      @escaping @Sendable (any NetBackend, VirtioNetFeatures, Int) throws(BackendError) -> Void
  ) -> Mutant {
    Mutant(
      tap: name,
      breaks: breaks,
      observed: observed,
      changing: { _ in TamperedBackend.Changes { $0.set = set } }
    )
  }
}
