internal import NetBackend
internal import SystemPackage
internal import Tap

/// Taps that are opened by name in a wrong way.
enum TapOpeningMutants {
  static let all = [
    Mutant(
      tap: "tap.leaves-link-down",
      breaks: "tap/link-comes-up",
      observed: "linkDown",
      tampering: { port, _ in port.onInterfaceFlags = { _, _, _ throws(Errno) in } }
    ),
    Mutant(
      tap: "tap.asks-for-protocol-information",
      breaks: "tap/no-protocol-information",
      observed: "TUNSETIFF(16386)",
      tampering: { port, right in
        port.onAttach = { descriptor, name, flags throws(Errno) in
          try right.attach(descriptor, to: name, flags: flags.subtracting(.noProtocolInformation))
        }
      }
    ),
    Mutant(
      tap: "tap.trusts-default-header",
      breaks: "tap/header-size-is-set",
      observed: "required: 70",
      tampering: trustsDefaultHeader
    ),
    Mutant(
      tap: "tap.never-switches-offloads-off",
      breaks: "tap/offloads-are-off-at-open",
      observed: "byte 50",
      tampering: { port, right in
        port.onOffloads = { descriptor, offloads throws(Errno) in
          if !offloads.isEmpty { try right.setOffloads(descriptor, to: offloads) }
        }
      }
    ),
    Mutant(
      tap: "tap.passes-invalid-argument-on",
      breaks: "tap/queue-mode-mismatch",
      observed: "system",
      failing: { error, _, _ in
        var error = error
        error.reason = .system
        return error
      }
    ),
    Mutant(
      tap: "tap.offers-a-constant",
      breaks: "tap/without-header-support",
      observed: "features [CSUM",
      changing: { _ in
        TamperedBackend.Changes { $0.offered = { _ throws(BackendError) in .checksum } }
      }
    ),
    Mutant(tap: "tap.rewrites-percent-sign", breaks: "tap/name-pattern", observed: "opened") {
      request,
      port throws(BackendError) in
      var request = request
      request.name.replace("%s", with: "0")
      return try TapBackend(request, port: port)
    },
  ]

  /// Takes it for granted that a header has ten bytes until told otherwise.
  static let trustsDefaultHeader: @Sendable (inout TamperedPort, Mutant.RightPort) -> Void = {
    port,
    right in
    port.onHeaderLength = { descriptor, length throws(Errno) in
      if length != 10 { try right.setHeaderLength(descriptor, to: length) }
    }
  }
}
