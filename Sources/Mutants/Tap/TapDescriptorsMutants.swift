internal import NetBackend
internal import SystemPackage
internal import Tap

/// Taps that take over a descriptor in a wrong way.
enum TapDescriptorsMutants {
  static let all = [
    Mutant(
      tap: "tap.ignores-supplied-descriptor",
      breaks: "tap/supplied-descriptor-is-taken-over",
      observed: "busy"
    ) { request, port throws(BackendError) in
      var request = request
      request.descriptor = nil
      return try TapBackend(request, port: port)
    },
    Mutant(
      tap: "tap.leaves-supplied-descriptor-blocking",
      breaks: "tap/supplied-descriptor-becomes-non-blocking",
      observed: "errno 35",
      tampering: { port, _ in port.onNonBlocking = { _ throws(Errno) in } }
    ),
    Mutant(
      tap: "tap.trusts-supplied-header",
      breaks: "tap/supplied-header-size-is-reset",
      observed: "required: 70",
      tampering: TapOpeningMutants.trustsDefaultHeader
    ),
    Mutant(
      tap: "tap.assumes-supplied-header",
      breaks: "tap/supplied-without-header",
      observed: "features [CSUM",
      tampering: claims(.vnetHeader)
    ),
    Mutant(
      tap: "tap.accepts-tun",
      breaks: "tap/supplied-tun-is-refused",
      observed: "opened",
      tampering: claims(.tap)
    ),
    Mutant(
      tap: "tap.never-asks-what-it-was-given",
      breaks: "tap/supplied-unattached-is-refused",
      observed: "system",
      tampering: { port, _ in
        port.onAttachment = { _ throws(Errno) in
          TapAttachment(name: "tap0", flags: [.tap, .noProtocolInformation, .vnetHeader])
        }
      }
    ),
    Mutant(
      tap: "tap.closes-refused-descriptor",
      breaks: "tap/refused-descriptor-stays-the-callers",
      observed: "close(0) = 0",
      failing: { error, request, port in
        if let descriptor = request.descriptor { try? port.close(descriptor) }
        return error
      }
    ),
    Mutant(
      tap: "tap.ignores-failure-to-set-flags",
      breaks: "tap/supplied-descriptor-faults-are-explained",
      observed: "opened",
      tampering: { port, right in
        port.onNonBlocking = { descriptor throws(Errno) in try? right.setNonBlocking(descriptor) }
      }
    ),
  ]

  /// Takes a descriptor for one with these flags.
  private static func claims(
    _ flags: TapFlags
  ) -> @Sendable (inout TamperedPort, Mutant.RightPort) -> Void {
    { port, right in
      port.onAttachment = { descriptor throws(Errno) in
        var attachment = try right.attachment(descriptor)
        attachment.flags.formUnion(flags)
        return attachment
      }
    }
  }
}
