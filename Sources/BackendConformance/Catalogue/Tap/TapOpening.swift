internal import Glibc
internal import NetBackend

/// What opening a tap by name does to its interface.
enum TapOpening {
  static let all = [
    linkComesUp, noProtocolInformation, headerSizeIsSet, offloadsAreOff, queueModeMismatch,
    withoutHeaderSupport, namePattern, severalQueues,
  ]

  static let linkComesUp = Requirement(
    "tap/link-comes-up",
    .should,
    "opening a tap brings its link up, and fails if it cannot",
    because: "a new interface is down; every frame is refused until somebody thinks of it",
    sources: [
      "bhyve net_backends.c @03f7ccab, tap_init", "illumos net_backends.c", Source.linuxTap,
    ],
    families: ["tap"],
    hint: "the interface is left to whoever starts the virtual machine"
  ) {
    Script("frames pass at once") {
      Step.link(.down)
      Step.open()
      Step.departure(seed: 1, header: 0)
      Step.arrival(seed: 2, header: 0)
    }
    Script("also the second time") {
      Step.open()
      Step.link(.down)
      Step.close
      Step.open()
      Step.departure(seed: 1, header: 0)
      Step.arrival(seed: 2, header: 0)
    }
    for call in ["socket", "SIOCGIFFLAGS", "SIOCSIFFLAGS"] {
      for errno in [EPERM, EMFILE, ENODEV] {
        Script("\(call) fails with errno \(errno)") {
          Step.link(.down)
          Step.fault(call, .fails(errno))
          Step.open().allowing(Outcome(.systemError([], errno: errno)))
          Step.ledger
        }
      }
    }
  }

  static let noProtocolInformation = Requirement(
    "tap/no-protocol-information",
    .must,
    "frames stand on the descriptor without the four bytes of protocol information",
    because: "the EtherType is found at byte 16 instead of 12, and the far side sees four bytes of "
      + "rubbish in front of each frame",
    sources: ["Linux IFF_NO_PI", Source.linuxTap],
    families: ["tap"],
    hint: "the flag left out of TUNSETIFF"
  ) {
    for header in VirtioNetHeader.lengths {
      Script("header \(header)") {
        Step.open()
        Step.useHeader(header)
        Step.traffic(seed: 1, header: header)
      }
    }
    Script("the flags of TUNSETIFF") {
      Step.open()
      Step.calls("TUNSETIFF")
        .allowing(
          Outcome(.calls([CallPattern("TUNSETIFF", 0x1002 | 0x4000)])),
          Outcome(.calls([CallPattern("TUNSETIFF", 0x1002)])),
          Outcome(.calls([CallPattern("TUNSETIFF", 0x1002 | 0x4000 | 0x100)]))
        )
    }
  }

  static let headerSizeIsSet = Requirement(
    "tap/header-size-is-set",
    .must,
    "opening sets the size of the vnet header, whatever a former owner left",
    because: "a persistent tap keeps the size; a backend that expects ten bytes and gets twenty "
      + "delivers frames that begin with ten zeros",
    sources: [Source.linuxTap, "QEMU tap.c, net_tap_fd_init", "Firecracker PR 4826"],
    families: ["tap"],
    hint: "the kernel's default is taken for granted"
  ) {
    for header in VirtioNetHeader.lengths {
      Script("20 bytes were left, header \(header) is set") {
        Step.prepare(.header20)
        Step.open()
        Step.headerLength(0)
        Step.traffic(seed: 1)
        Step.useHeader(header)
        Step.traffic(seed: 3, header: header)
      }
    }
  }

  static let offloadsAreOff = Requirement(
    "tap/offloads-are-off-at-open",
    .must,
    "opening switches off the offloads that a former owner left",
    because: "a guest without offloads is given frames whose checksums are missing, and drops them",
    sources: [Source.linuxTap, "Firecracker PR 4826", "Firecracker a9e5f1381"],
    families: ["tap"],
    hint: "offloads are set when features are acknowledged, and not before"
  ) {
    let request = ChecksumRequest(start: 34, offset: 16)
    Script("the checksum is completed") {
      Step.prepare(.header20)
      Step.open()
      Step.inject(request.frame, offload: request.header)
      Step.receive(request.completed)
    }
    for header in [10, 12] {
      Script("also with a header of \(header)") {
        Step.prepare(.header20)
        Step.open()
        Step.useHeader(header)
        Step.inject(request.frame, offload: request.header)
        Step.receive(request.completed, header: header)
      }
    }
  }

  static let queueModeMismatch = Requirement(
    "tap/queue-mode-mismatch",
    .must,
    "an interface that was created for several queues is opened, or refused as the wrong device",
    because: "the kernel says invalid argument, which sends the reader to the name, the flags and "
      + "the permissions in turn",
    sources: [Source.linuxTap, "kata-containers issue 13130"],
    families: ["tap"],
    hint: "the errno of TUNSETIFF passed on without a word"
  ) {
    Script("several queues") {
      Step.prepare(.multiQueue)
      Step.open().allowing(.opened, Outcome(.systemError(["wrongDevice"], errno: EINVAL)))
      Step.close
      Step.ledger
    }
  }

  static let withoutHeaderSupport = Requirement(
    "tap/without-header-support",
    .must,
    "on a kernel without vnet headers a tap still moves plain frames, and offers nothing",
    because: "an offer that the kernel does not back is acknowledged by the guest, and each frame "
      + "then carries a header that nobody takes off",
    sources: ["Linux TUNGETFEATURES, IFF_VNET_HDR", "cloud-hypervisor PR 2532"],
    families: ["tap"],
    hint: "an offer that is a constant"
  ) {
    Script("plain frames") {
      Step.prepare(.withoutHeaderSupport)
      Step.open()
      Step.offeredFeatures.allowing(Outcome(.features([])))
      Step.headerLength(0)
      Step.setFeatures([], headerLength: 0)
      Step.traffic()
    }
    for header in [10, 12] {
      Script("a header of \(header) is refused") {
        Step.prepare(.withoutHeaderSupport)
        Step.open()
        Step.setFeatures([], headerLength: header)
          .allowing(Outcome(.explainedError(["unsupportedHeaderLength"])))
        Step.setFeatures(.checksum, headerLength: header)
          .allowing(.error("unsupportedHeaderLength", "unsupportedFeatures"))
        Step.headerLength(0)
        Step.traffic()
      }
    }
  }

  static let namePattern = Requirement(
    "tap/name-pattern",
    .may,
    "a name with %d opens a new interface each time, and any other pattern is refused",
    because: "a pattern that is taken literally makes an interface that no tool can name",
    sources: ["Linux dev_alloc_name", "Firecracker test_tap"],
    families: ["tap"],
    hint: "a check of the characters that knows no percent sign, or the name used as a format"
  ) {
    for name in ["tap%d", "tap-%d-x"] {
      Script(name) {
        Step.open(name).orUnsupported
        Step.open(name).on(1)
        Step.close
        Step.close.on(1)
        Step.ledger
      }
    }
    for name in ["tap%s", "tap%d%d", "tap%", "tap%5d", "tap%n"] {
      Script(name) {
        Step.open(name).allowing(Outcome(.explainedError([])))
        Step.ledger
      }
    }
  }

  static let severalQueues = Requirement(
    "tap/detached-queue",
    .should,
    "a queue that is detached leaves the traffic to the others, and can be attached again",
    because: "a driver that uses fewer queues than it was given loses the frames of the rest",
    sources: ["cloud-hypervisor PR 2209", "Linux TUNSETQUEUE"],
    families: ["tap"],
    untestable: "the contract has one queue a backend"
  )
}
