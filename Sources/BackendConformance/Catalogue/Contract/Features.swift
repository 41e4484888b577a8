internal import Glibc
internal import NetBackend

/// Offering features and acknowledging them.
enum Features {
  static let all = [
    offeringChangesNothing, offeringSurvivesFaults, offeredAreComplete, onlyOfferedAreAccepted,
    dependenciesAreEnforced, offloadsNeedHeader, nothingIsAlwaysAccepted, settingIsAllOrNothing,
    refusalChangesNothing, resetSwitchesOff, lastSettingWins,
  ]

  /// A feature by its bit, with what it needs, and what Linux switches only together with it.
  private static func withNeeds(bit: Int) -> VirtioNetFeatures {
    var features = VirtioNetFeatures(bit: bit)
    if [7, 8, 9, 10, 54, 55].contains(bit) { features.insert(.guestChecksum) }
    if [11, 12, 13, 14, 56, 61].contains(bit) { features.insert(.checksum) }
    if bit == 9 { features.insert(.guestTCP4) }
    if bit == 13 || bit == 61 { features.insert(.hostTCP4) }
    if bit == 54 || bit == 55 { features.formUnion([.guestUDPSegments4, .guestUDPSegments6]) }
    if (18...23).contains(bit) || [51, 52, 53, 57, 60].contains(bit) {
      features.insert(VirtioNetFeatures(bit: 17))
    }
    if bit == 51 { features.insert(VirtioNetFeatures(bit: 60)) }
    return features
  }

  static let offeringChangesNothing = Requirement(
    "features/offering-changes-nothing",
    .must,
    "asking for the features changes neither the header in use nor a frame that is held",
    because:
      "a backend that probes by setting a header and setting it back mangles the frames that "
      + "arrive in between",
    sources: [Source.seed(438...464), "netmap PORT_HDR_SET", "openvmm, QEMU tap probing"],
    hint: "the device is set to a length to find out whether it takes it"
  ) {
    for length in VirtioNetHeader.lengths {
      let frame = FramePattern(60, seed: 9)
      Script("header \(length)") {
        Step.open()
        Step.useHeader(length)
        Step.repeated(3) { Step.offeredFeatures }
        Step.headerLength(length)
        Step.traffic(seed: 1, header: length)
      }
      Script("header \(length), a frame waiting") {
        Step.open()
        Step.useHeader(length)
        Step.inject(frame)
        Step.offeredFeatures
        Step.receive(frame, header: length)
      }
      Script("header \(length), a frame peeked") {
        Step.open()
        Step.useHeader(length)
        Step.inject(frame)
        Step.peek(frame.behindHeader(length))
        Step.offeredFeatures
        Step.peek(frame.behindHeader(length))
        Step.receive(frame, header: length)
        Step.peek
      }
    }
  }

  static let offeringSurvivesFaults = Requirement(
    "features/offering-survives-faults",
    .must,
    "a system call that fails while the features are asked for leaves the header as it was",
    because:
      "a probe whose second half fails leaves the device with a header that nobody knows of, "
      + "and every frame from then on is shifted",
    sources: [Source.seed(444...455), "QEMU tap-linux.c, tap_fd_set_vnet_hdr_len"],
    hint: "the result of restoring the old length is ignored"
  ) {
    for length in VirtioNetHeader.lengths {
      for call in FamilyCall.offering {
        for after in [0, 1] {
          Script("header \(length), \(call.name) \(after + 1) fails", bench: call.bench) {
            Step.open()
            Step.useHeader(length)
            Step.fault(call.name, after: after, .fails(EIO))
            Step.offeredFeatures.allowing(Outcome(.closedFeatures), .anyError)
            Step.headerLength(length)
            Step.traffic(seed: 1, header: length)
          }
        }
      }
    }
  }

  static let offeredAreComplete = Requirement(
    "features/offered-are-complete",
    .must,
    "no feature is offered without those that it needs",
    because:
      "a guest must not acknowledge such a set, and those that do get frames whose checksums "
      + "nobody completes",
    sources: [Source.virtio("5.1.3.1"), "virtio-net feature bit requirements"],
    hint: "a bit masked out of the offer without its dependants"
  ) {
    Script("as opened") {
      Step.open()
      Step.offeredFeatures
    }
    for length in [10, 12] {
      Script("header \(length)") {
        Step.open()
        Step.useHeader(length)
        Step.offeredFeatures
      }
    }
    for times in 1...4 {
      Script(
        "TUNSETOFFLOAD fails \(times) times while opening",
        bench: BenchOptions(families: ["tap"])
      ) {
        Step.fault("TUNSETOFFLOAD", times: times, .fails(EINVAL))
        Step.open().orUnsupported
        Step.offeredFeatures
      }
    }
  }

  static let onlyOfferedAreAccepted = Requirement(
    "features/only-offered-are-accepted",
    .must,
    "a feature is accepted if it is offered, with those it needs, and refused if it is not",
    because: "a feature that is acknowledged but not carried out loses the frames that rely on it",
    sources: [Source.seed(466...472), "openvmm issue 2005", Source.virtio("5.1.4.1")],
    hint: "the argument is ignored, or unknown bits are masked away in silence"
  ) {
    for bit in 0..<64 {
      let features = withNeeds(bit: bit)
      Script("bit \(bit)") {
        Step.open()
        Step.offeredFeatures
          .allowing(
            Outcome(.offers(features), label: "offered"),
            Outcome(.offersNotAll(features), label: "not offered")
          )
          .choosing("the feature is")
        Step.useHeader(12)
        Step.setFeatures(features, headerLength: 12)
          .allowing(
            .done.labelled("offered"),
            .error("unsupportedFeatures").labelled("not offered")
          )
          .choosing("the feature is")
        Step.headerLength(12)
        Step.traffic(seed: bit, header: 12)
      }
    }
  }

  static let dependenciesAreEnforced = Requirement(
    "features/dependencies-are-enforced",
    .must,
    "a feature without one that it needs is refused",
    because: "segmentation without checksums reaches the kernel as a request that it refuses, or "
      + "frames reach a guest that cannot check them",
    sources: [Source.virtio("5.1.3.1"), Source.linuxTap],
    hint: "each bit is looked at on its own"
  ) {
    for bit in [7, 8, 9, 10, 11, 12, 13, 14, 54, 55, 56, 61] {
      Script("bit \(bit) alone") {
        Step.open()
        Step.useHeader(12)
        Step.setFeatures(VirtioNetFeatures(bit: bit), headerLength: 12)
          .allowing(.error("unsupportedFeatures"))
        Step.headerLength(12)
        Step.traffic(seed: 1, header: 12)
      }
    }
    for (name, features) in [
      ("GUEST_ECN with GUEST_CSUM alone", [.guestChecksum, .guestECN]),
      ("HOST_ECN with CSUM alone", [.checksum, .hostECN]),
      ("GUEST_TSO4 with CSUM", [.checksum, .guestTCP4]),
      ("HOST_TSO4 with GUEST_CSUM", [.guestChecksum, .hostTCP4]),
    ] as [(String, VirtioNetFeatures)] {
      Script(name) {
        Step.open()
        Step.setFeatures(features, headerLength: 12)
          .allowing(.error("unsupportedFeatures", "unsupportedHeaderLength"))
        Step.headerLength(0)
      }
    }
  }

  static let offloadsNeedHeader = Requirement(
    "features/offloads-need-header",
    .must,
    "offloads are refused while there is no vnet header",
    because: "without a header nothing says that a checksum is still missing, and the frame leaves "
      + "with a wrong one",
    sources: [Source.seed(466...472), Source.virtio("5.1.6")],
    hint: "features and header length are checked one by one, never together"
  ) {
    for request in FeatureRequest.offloads {
      Script(request.name) {
        Step.open()
        Step.setFeatures(request.features, headerLength: 0)
          .allowing(.error("unsupportedFeatures", "unsupportedHeaderLength"))
        Step.headerLength(0)
        Step.traffic()
      }
    }
  }

  static let nothingIsAlwaysAccepted = Requirement(
    "features/nothing-is-always-accepted",
    .must,
    "no features and no header are accepted at any time",
    because:
      "a frontend that asks for nothing still says so; a backend that refuses that cannot be "
      + "started at all",
    sources: [Source.seed(346...352), Source.seed(416...436)],
    hint: "the request goes to a device that knows no headers, and its refusal is passed on"
  ) {
    Script("as opened") {
      Step.open()
      Step.setFeatures([], headerLength: 0)
      Step.headerLength(0)
      Step.traffic()
    }
    Script("again and again") {
      Step.open()
      Step.repeated(5) { Step.setFeatures([], headerLength: 0) }
      Step.traffic()
    }
    Script("after a refusal") {
      Step.open()
      Step.setFeatures([], headerLength: 11).allowing(.error("unsupportedHeaderLength"))
      Step.setFeatures([], headerLength: 0)
      Step.traffic()
    }
    Script("with a frame waiting and one peeked") {
      Step.open()
      Step.inject(FramePattern(60, count: 2))
      Step.peek(FramePattern(60))
      Step.setFeatures([], headerLength: 0)
      Step.receive(FramePattern(60))
      Step.receive(FramePattern(60, seed: 2))
    }
  }

  static let settingIsAllOrNothing = Requirement(
    "features/setting-is-all-or-nothing",
    .must,
    "setting features that fails half-way leaves the header as it was, for what is reported and "
      + "for the frames",
    because: "the frontend believes in one header and the device uses another; every frame is "
      + "shifted by the difference",
    sources: [Source.seed(813...833), Source.seed(416...436)],
    hint: "the new length is stored before the device has accepted it, or not taken back"
  ) {
    for (old, new) in [(0, 10), (0, 12), (10, 12), (12, 10), (12, 0), (10, 0), (12, 12), (0, 0)] {
      for call in FamilyCall.setting {
        for errno in [EINVAL, EIO, EPERM] {
          Script("\(old) to \(new), \(call.name) fails with errno \(errno)", bench: call.bench) {
            Step.open()
            Step.useHeader(old)
            Step.fault(call.name, .fails(errno))
            setting([], old, new)
          }
        }
      }
    }
  }

  /// Sets features and sees that everything is new, or everything as before.
  private static func setting(
    _ features: VirtioNetFeatures,
    _ old: Int,
    _ new: Int
  ) -> [Step] {
    let frame = FramePattern(60, seed: 4)
    let received =
      frame.forms(header: new).map { Outcome(.frame($0), label: "set") }
      + frame.forms(header: old).map { Outcome(.frame($0), label: "refused") }
    guard old != new else {
      let steps: [Step] = [
        .setFeatures(features, headerLength: new).allowing(.done, Outcome(.explainedError([]))),
        .headerLength(new),
      ]
      return steps + Step.traffic(seed: 4, header: new)
    }
    return [
      .setFeatures(features, headerLength: new)
        .allowing(.done.labelled("set"), Outcome(.explainedError([]), label: "refused"))
        .choosing("the header is"),
      Step(
        .headerLength,
        allowed: [
          Outcome(.headerLength(new), label: "set"), Outcome(.headerLength(old), label: "refused"),
        ],
        choice: "the header is"
      ),
      .inject(frame),
      .receive().allowing(any: received).choosing("the header is"),
    ]
  }

  static let refusalChangesNothing = Requirement(
    "features/refusal-changes-nothing",
    .must,
    "a request that is refused leaves header and features as they were, and the backend usable",
    because: "the frontend falls back to what it had, which the backend has meanwhile given up; "
      + "bhyve's backend even ended the process here",
    sources: [Source.seed(821...833), Source.seed(349...351)],
    hint: "state written before the last check, or an assertion on two lengths that may differ"
  ) {
    let unknown = VirtioNetFeatures(bit: 40)
    for old in VirtioNetHeader.lengths {
      for (name, features, length) in [
        ("an unknown feature with 10", unknown, 10), ("an unknown feature with 12", unknown, 12),
        ("an unknown feature with 0", unknown, 0), ("11", [], 11), ("-1", [], -1),
        ("65546", [], 65_546), ("a checksum with 0", .checksum, 0),
        ("an unknown feature with 11", unknown, 11),
      ] as [(String, VirtioNetFeatures, Int)] {
        Script("header \(old), then \(name)") {
          Step.open()
          Step.useHeader(old)
          Step.repeated(2) {
            Step.setFeatures(features, headerLength: length)
              .allowing(.error("unsupportedFeatures", "unsupportedHeaderLength"))
          }
          Step.headerLength(old)
          Step.traffic(seed: 3, header: old)
        }
      }
    }
  }

  static let resetSwitchesOff = Requirement(
    "features/reset-switches-off",
    .must,
    "setting no features and no header undoes whatever was set before",
    because: "a guest that reboots into a driver without offloads is given headers and unfinished "
      + "frames that its predecessor had asked for",
    sources: ["propolis 45af0f79, 957f5c45", Source.seed(813...833)],
    hint: "features that can only be added"
  ) {
    for request in FeatureRequest.offloads {
      Script("after \(request.name)") {
        Step.open()
        Step.setFeatures(request.features, headerLength: 12).orUnsupported
        Step.traffic(seed: 1, header: 12)
        Step.setFeatures([], headerLength: 0)
        Step.headerLength(0)
        Step.traffic(seed: 3)
      }
    }
  }

  static let lastSettingWins = Requirement(
    "features/last-setting-wins",
    .must,
    "each setting replaces the one before, however many there were",
    because: "drivers renegotiate at each reset; a setting that sticks outlives the driver it was "
      + "made for",
    sources: [Source.virtio("5.1.5"), "Firecracker a9e5f1381"],
    hint: "a setting compared with a stale copy and skipped"
  ) {
    for (name, lengths) in [
      ("12 twice", [12, 12]), ("10 and 12 in turn", [10, 12, 10, 12]),
      ("off and on", [12, 0, 12, 0, 12]), ("every step", [0, 10, 12, 0, 12, 10, 0]),
    ] {
      Script(name) {
        Step.open()
        for length in lengths { Step.useHeader(length) }
        Step.headerLength(lengths[lengths.count - 1])
        Step.traffic(seed: 1, header: lengths[lengths.count - 1])
      }
    }
  }
}
