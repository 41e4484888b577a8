internal import Glibc
internal import NetBackend

/// The switches behind the features of a tap.
enum TapSwitches {
  static let all = [
    offloadsMatchFeatures, offloadsFollowChanges, refusedOffloadsChangeNothing,
    kernelWithFewerOffloads, udpSegmentsGoTogether,
  ]

  /// The `TUN_F_` bits of the features that a guest can receive.
  private static let bits: [(feature: VirtioNetFeatures, bit: Int)] = [
    (.guestChecksum, 0x01), (.guestTCP4, 0x02), (.guestTCP6, 0x04), (.guestECN, 0x08),
    (.guestUDP, 0x10), (.guestUDPSegments4, 0x20), (.guestUDPSegments6, 0x40),
  ]

  private static func offloads(_ features: VirtioNetFeatures) -> Int {
    bits.filter { features.contains($0.feature) }.reduce(0) { $0 | $1.bit }
  }

  /// The offloads are switched to those of these features, perhaps by way of none.
  private static func switched(to features: VirtioNetFeatures) -> Step {
    let last = CallPattern("TUNSETOFFLOAD", offloads(features))
    return Step.calls("TUNSETOFFLOAD")
      .allowing(
        Outcome(.calls([last])),
        Outcome(.calls([CallPattern("TUNSETOFFLOAD", 0), last]))
      )
  }

  private static let everything = FeatureRequest.offloads.reduce(into: VirtioNetFeatures()) {
    $0.formUnion($1.features)
  }

  static let offloadsMatchFeatures = Requirement(
    "tap/offloads-match-features",
    .must,
    "the offloads that are switched on are those the guest acknowledged, and no others",
    because: "a guest is given frames that it never said it could take; it drops them, and only "
      + "large transfers notice",
    sources: [
      "Firecracker 1e5d3dba6, PR 4680", "Firecracker a364da806, issue 4659",
      "cloud-hypervisor PR 2532", Source.linuxTap,
    ],
    families: ["tap"],
    hint: "offered features used in place of acknowledged ones, or host and guest bits mixed up"
  ) {
    for request in FeatureRequest.offloads + [
      FeatureRequest(name: "everything", features: everything),
      FeatureRequest(name: "nothing", features: []),
      FeatureRequest(
        name: "TSO both ways",
        features: [.checksum, .hostTCP4, .guestChecksum, .guestTCP4]
      ),
      FeatureRequest(
        name: "GUEST_TSO4 and GUEST_TSO6",
        features: [.guestChecksum, .guestTCP4, .guestTCP6]
      ),
    ] {
      for header in [10, 12] {
        Script("\(request.name), header \(header)") {
          Step.open()
          Step.calls()
          Step.setFeatures(request.features, headerLength: header).orUnsupported
          switched(to: request.features)
        }
      }
    }
  }

  static let offloadsFollowChanges = Requirement(
    "tap/offloads-follow-changes",
    .must,
    "each change of the acknowledged features reaches the interface",
    because:
      "a guest switches receive offloads off before it routes or bridges, and is given large "
      + "frames none the less",
    sources: ["cloud-hypervisor PR 2551", Source.virtio("5.1.6.5.6")],
    families: ["tap"],
    hint: "offloads set once, at activation"
  ) {
    let large: VirtioNetFeatures = [.guestChecksum, .guestTCP4, .guestTCP6]
    for (name, sequence) in [
      ("on and off", [large, []]), ("off and on", [[], large]),
      ("fewer", [large, .guestChecksum]), ("more", [.guestChecksum, large]),
      ("other", [[.guestChecksum, .guestTCP4], [.guestChecksum, .guestTCP6]]),
      ("back again", [large, .guestChecksum, large]),
    ] as [(String, [VirtioNetFeatures])] {
      Script(name) {
        Step.open()
        for features in sequence {
          Step.calls()
          Step.setFeatures(features, headerLength: 12).orUnsupported
          switched(to: features)
        }
      }
    }
    Script("off with the header") {
      Step.open()
      Step.setFeatures(large, headerLength: 12).orUnsupported
      Step.calls()
      Step.setFeatures([], headerLength: 0)
      switched(to: [])
    }
  }

  static let refusedOffloadsChangeNothing = Requirement(
    "tap/refused-offloads-change-nothing",
    .must,
    "if the kernel refuses the offloads, header and offloads stay as they were",
    because: "the size of the header was changed first, and stays changed",
    sources: [Source.seed(813...833), Source.linuxTap],
    families: ["tap"],
    hint: "two system calls, of which the first is not undone when the second fails"
  ) {
    let request = ChecksumRequest(start: 34, offset: 16)
    for (old, new) in [(12, 10), (10, 12)] {
      for errno in [EINVAL, EIO] {
        Script("GUEST_CSUM with \(old), then \(new) fails with errno \(errno)") {
          Step.open()
          Step.setFeatures(.guestChecksum, headerLength: old).orUnsupported
          Step.fault("TUNSETOFFLOAD", .fails(errno))
          Step.setFeatures([], headerLength: new)
            .allowing(Outcome(.systemError([], errno: errno)))
          Step.headerLength(old)
          Step.inject(request.frame, offload: request.header)
          Step.receive().allowing(any: request.forms(header: old).map { .frame($0) })
          Step.departure(seed: 2, header: old)
        }
      }
    }
  }

  static let kernelWithFewerOffloads = Requirement(
    "tap/kernel-with-fewer-offloads",
    .must,
    "on a kernel that refuses some offloads a tap opens and offers the rest",
    because:
      "one new offload in the set makes the kernel refuse all of it, and the virtual machine "
      + "does not start on last year's kernel",
    sources: [Source.linuxTap, "Linux TUN_F_USO4, since 6.2"],
    families: ["tap"],
    hint: "one attempt with everything, whose failure is fatal or means nothing at all"
  ) {
    for times in 1...2 {
      Script("\(times) refused") {
        Step.fault("TUNSETOFFLOAD", times: times, .fails(EINVAL))
        Step.open()
        Step.offeredFeatures.allowing(Outcome(.offersNotAll(everything)))
        Step.useHeader(12)
        Step.setFeatures(.guestChecksum, headerLength: 12)
        Step.traffic(seed: 1, header: 12)
      }
    }
    Script("UDP segments are refused once they were offered no longer") {
      Step.fault("TUNSETOFFLOAD", .fails(EINVAL))
      Step.open()
      Step.offeredFeatures.allowing(Outcome(.offersNotAll(everything)))
      Step.useHeader(12)
      Step.setFeatures(everything, headerLength: 12).allowing(.error("unsupportedFeatures"))
      Step.headerLength(12)
    }
  }

  static let udpSegmentsGoTogether = Requirement(
    "tap/udp-segments-go-together",
    .should,
    "UDP segments for one protocol alone are refused, or not used; the kernel is not asked for them",
    because:
      "the specification lets a guest acknowledge one of them, and the kernel knows only both: "
      + "negotiation fails with an invalid argument that names neither",
    sources: [Source.linuxTap, "Linux set_offload"],
    families: ["tap"],
    hint: "the specification's dependencies are checked, the kernel's are not"
  ) {
    for (name, feature) in [
      ("GUEST_USO4", VirtioNetFeatures.guestUDPSegments4),
      ("GUEST_USO6", VirtioNetFeatures.guestUDPSegments6),
    ] {
      Script("\(name) alone") {
        Step.open()
        Step.useHeader(12)
        Step.setFeatures([.guestChecksum, feature], headerLength: 12)
          .allowing(.done, .error("unsupportedFeatures"))
        Step.headerLength(12)
        Step.traffic(seed: 1, header: 12)
      }
    }
  }
}
