internal import Glibc
internal import NetBackend

/// Descriptors that somebody else opened and that a tap backend takes over.
enum TapDescriptors {
  static let all = [
    isTakenOver, becomesNonBlocking, headerSizeIsReset, withoutHeader, tunIsRefused,
    unattachedIsRefused, refusedStaysTheCallers, faultsAreExplained,
  ]

  /// The system calls that taking over a descriptor may make before it opens a socket.
  private static let calls = [
    "TUNGETIFF", "F_SETFL", "F_SETFD", "TUNSETVNETHDRSZ", "TUNSETOFFLOAD",
  ]

  static let isTakenOver = Requirement(
    "tap/supplied-descriptor-is-taken-over",
    .must,
    "a supplied descriptor is used in place of one opened by name, and closed with the backend",
    because: "a process without privileges is handed its tap; a backend that opens another one "
      + "fails, or leaves the one it was given attached",
    sources: ["crosvm tap descriptors", "QEMU tap.c, net_init_tap, fd"],
    families: ["tap"],
    hint: "the descriptor is left to its former owner when the backend closes"
  ) {
    for state in [SuppliedDescriptor.blocking, .header20, .withoutHeader] {
      Script(state.rawValue) {
        Step.open(descriptor: state)
        Step.calls("open", "TUNSETIFF").allowing(Outcome(.calls([])))
        Step.traffic()
        Step.close
        Step.ledger
      }
    }
  }

  static let becomesNonBlocking = Requirement(
    "tap/supplied-descriptor-becomes-non-blocking",
    .must,
    "a supplied descriptor that blocks is made non-blocking",
    because: "the first receive without a frame stops the whole event loop",
    sources: ["tappers issue 51", "openvmm PR 3181", "crosvm 84edec532"],
    families: ["tap"],
    hint: "the flag is given to open, which a supplied descriptor never sees"
  ) {
    for (name, step) in [
      ("peek", .peek), ("receive", .receive()), ("discard", .discard),
    ] as [(String, Step)] {
      Script("\(name) finds nothing") {
        Step.open(descriptor: .blocking)
        step
        Step.traffic()
        step
      }
    }
  }

  static let headerSizeIsReset = Requirement(
    "tap/supplied-header-size-is-reset",
    .must,
    "the header size of a supplied descriptor is set, not trusted",
    because: "the process that opened it may have negotiated another one with another guest",
    sources: ["crosvm 96e26c268", "QEMU tap.c, net_tap_fd_init", Source.linuxTap],
    families: ["tap"],
    hint: "the size is set only where the descriptor is opened"
  ) {
    for header in VirtioNetHeader.lengths {
      Script("20 bytes, then \(header)") {
        Step.open(descriptor: .header20)
        Step.headerLength(0)
        Step.traffic(seed: 1)
        Step.useHeader(header)
        Step.traffic(seed: 3, header: header)
      }
    }
  }

  static let withoutHeader = Requirement(
    "tap/supplied-without-header",
    .must,
    "a supplied descriptor without vnet headers is refused, or moves plain frames and offers nothing",
    because: "the first bytes of each frame are taken for a header, and the kernel complains of "
      + "segmentation types that are parts of addresses",
    sources: ["openvmm tap.rs", "cloud-hypervisor PR 2403", "Linux TUNGETIFF"],
    families: ["tap"],
    hint: "the flags of the descriptor are never asked for"
  ) {
    Script("plain frames") {
      Step.open(descriptor: .withoutHeader).orUnsupported
      Step.offeredFeatures.allowing(Outcome(.features([])))
      Step.traffic()
    }
    for header in [10, 12] {
      Script("a header of \(header) is refused") {
        Step.open(descriptor: .withoutHeader).orUnsupported
        Step.setFeatures([], headerLength: header)
          .allowing(Outcome(.explainedError(["unsupportedHeaderLength"])))
        Step.headerLength(0)
        Step.traffic()
      }
    }
  }

  static let tunIsRefused = Requirement(
    "tap/supplied-tun-is-refused",
    .must,
    "a supplied descriptor that carries no Ethernet header is refused as the wrong device",
    because: "the first fourteen bytes of every packet are lost as addresses that were never there",
    sources: ["Linux IFF_TUN, IFF_TAP", "crosvm 96e26c268"],
    families: ["tap"],
    hint: "any descriptor of the control device will do"
  ) {
    Script("a tun") {
      Step.open(descriptor: .tun).allowing(Outcome(.explainedError(["wrongDevice"])))
    }
  }

  static let unattachedIsRefused = Requirement(
    "tap/supplied-unattached-is-refused",
    .must,
    "a supplied descriptor that no interface is attached to is refused",
    because: "each call on it fails later, with an errno that nobody has seen before",
    sources: ["Linux TUNGETIFF", Source.linuxTap],
    families: ["tap"],
    hint: "the first use of the descriptor is the first look at it"
  ) {
    Script("unattached") {
      Step.open(descriptor: .unattached)
        .allowing(Outcome(.explainedError(["wrongDevice", "unavailable", "disconnected"])))
    }
  }

  static let refusedStaysTheCallers = Requirement(
    "tap/refused-descriptor-stays-the-callers",
    .must,
    "a descriptor that is refused is not closed: it is still its owner's",
    because: "the owner closes it as well, and closes what has its number by then",
    sources: ["The contract, rule 8", "Firecracker f735be33f"],
    families: ["tap"],
    hint: "the clean-up of a descriptor that the backend opened itself, used for both"
  ) {
    for state in [SuppliedDescriptor.tun, .unattached] {
      Script(state.rawValue) {
        Step.open(descriptor: state).allowing(.anyError)
        Step.calls("close").allowing(Outcome(.calls([])))
      }
    }
    for call in calls where call != "TUNSETOFFLOAD" {
      Script("\(call) fails") {
        Step.fault(call, .fails(EIO))
        Step.open(descriptor: .blocking).allowing(.anyError)
        Step.calls("close").allowing(Outcome(.calls([])))
      }
    }
  }

  static let faultsAreExplained = Requirement(
    "tap/supplied-descriptor-faults-are-explained",
    .must,
    "whichever step of taking over a descriptor fails, the error names it, and nothing is watched",
    because: "the process that opens is not the process that uses; only the error connects them",
    sources: ["crosvm 96e26c268", Source.seed(225...251)],
    families: ["tap"],
    hint: "steps whose result is not looked at, because they never fail on one's own descriptors"
  ) {
    for call in calls + ["socket", "SIOCGIFFLAGS", "SIOCSIFFLAGS", "watch"] {
      for errno in [EIO, EBADF, EPERM] {
        Script("\(call) fails with errno \(errno)") {
          Step.link(.down)
          Step.fault(call, .fails(errno))
          Step.open(descriptor: .blocking)
            .allowing(Outcome(.systemError([], errno: errno)))
          Step.calls("watch").allowing(Outcome(.calls([])))
        }
      }
    }
  }
}
