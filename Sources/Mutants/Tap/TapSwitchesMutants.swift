internal import Glibc
internal import NetBackend
internal import SystemPackage
internal import Tap

/// Taps that switch the wrong offloads.
enum TapSwitchesMutants {
  static let all = matching + changing

  private static let matching = [
    Mutant(
      tap: "tap.switches-on-all-it-offers",
      breaks: "tap/offloads-match-features",
      observed: "TUNSETOFFLOAD(127)",
      tampering: { port, right in
        port.onOffloads = { descriptor, offloads throws(Errno) in
          try right.setOffloads(descriptor, to: offloads.isEmpty ? [] : .all)
        }
      }
    ),
    Mutant(
      tap: "tap.swaps-tcp-versions",
      breaks: "tap/offloads-match-features",
      observed: "TUNSETOFFLOAD(5)",
      tampering: { port, right in
        port.onOffloads = { descriptor, offloads throws(Errno) in
          var swapped = offloads.subtracting([.tcp4, .tcp6])
          if offloads.contains(.tcp4) { swapped.insert(.tcp6) }
          if offloads.contains(.tcp6) { swapped.insert(.tcp4) }
          try right.setOffloads(descriptor, to: swapped)
        }
      }
    ),
    Mutant(
      tap: "tap.gives-up-without-udp-segments",
      breaks: "tap/kernel-with-fewer-offloads",
      observed: "TUNSETOFFLOAD",
      tampering: { port, right in
        port.onOffloads = { descriptor, offloads throws(Errno) in
          do throws(Errno) { try right.setOffloads(descriptor, to: offloads) } catch {
            throw .ioError
          }
        }
      }
    ),
    Mutant(
      tap: "tap.asks-for-half-of-udp-segments",
      breaks: "tap/udp-segments-go-together",
      observed: "errno 22",
      changing: { _ in
        TamperedBackend.Changes {
          $0.failure = { error in
            guard error.reason == .unsupportedFeatures else { return error }
            return BackendError(
              .system,
              call: "TUNSETOFFLOAD",
              subject: error.subject,
              errno: EINVAL
            )
          }
        }
      }
    ),
  ]

  private static let changing = [
    Mutant(
      tap: "tap.switches-offloads-once",
      breaks: "tap/offloads-follow-changes",
      observed: "no calls",
      tampering: switchesOnce
    ),
    Mutant(
      tap: "tap.leaves-header-of-failed-change",
      breaks: "tap/refused-offloads-change-nothing",
      observed: "70 bytes",
      tampering: leavesHeader
    ),
  ]

  private static let switchesOnce: @Sendable (inout TamperedPort, Mutant.RightPort) -> Void = {
    port,
    right in
    let isSwitched = Remembered(false)
    let isOpen = Remembered(false)
    port.onOffloads = { descriptor, offloads throws(Errno) in
      guard !isSwitched.value else { return }
      // The last call of opening switches everything off; the next is the first of a guest.
      isSwitched.value = isOpen.value
      isOpen.value = offloads.isEmpty
      try right.setOffloads(descriptor, to: offloads)
    }
  }

  private static let leavesHeader: @Sendable (inout TamperedPort, Mutant.RightPort) -> Void = {
    port,
    right in
    let hasFailed = Remembered(false)
    port.onOffloads = { descriptor, offloads throws(Errno) in
      do throws(Errno) { try right.setOffloads(descriptor, to: offloads) } catch {
        hasFailed.value = true
        throw error
      }
    }
    port.onHeaderLength = { descriptor, length throws(Errno) in
      if !hasFailed.value { try right.setHeaderLength(descriptor, to: length) }
    }
  }
}
