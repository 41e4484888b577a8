internal import NetBackend

/// Frames whose checksum or segmentation is left to the other side.
enum TapOffloading {
  static let all = [
    missingChecksumIsCompleted, missingChecksumIsPassedOn, unsegmentedArrivesWhole, segmentsAreCut,
    requestedChecksumIsSent, requestedSegmentsAreTaken, malformedHeaderIsRefused,
    headersLengthIsAHint,
  ]

  private static let requests = [
    ChecksumRequest(start: 34, offset: 16), ChecksumRequest(start: 20, offset: 0),
    ChecksumRequest(start: 34, offset: 6), ChecksumRequest(start: 35, offset: 16, length: 61),
    ChecksumRequest(start: 300, offset: 600, length: 1514),
    ChecksumRequest(start: 1000, offset: 16, length: 1513),
  ]

  static let missingChecksumIsCompleted = Requirement(
    "tap/missing-checksum-is-completed",
    .must,
    "a guest that did not acknowledge GUEST_CSUM is given frames with complete checksums and no flags",
    because:
      "it drops every frame from the host itself, and only those: a ping works, a connection "
      + "does not",
    sources: [Source.virtio("5.1.6.4.1"), "Firecracker test_tap_offload", Source.linuxTap],
    families: ["tap"],
    hint: "offloads switched on because they are there"
  ) {
    for request in requests {
      for header in VirtioNetHeader.lengths {
        let frame = request.frame.length
        Script("\(frame) bytes from \(request.start), +\(request.offset), header \(header)") {
          Step.open()
          Step.useHeader(header)
          Step.inject(request.frame, offload: request.header)
          Step.receive(request.completed, header: header)
        }
      }
    }
  }

  static let missingChecksumIsPassedOn = Requirement(
    "tap/missing-checksum-is-passed-on",
    .must,
    "a guest that acknowledged GUEST_CSUM is told where the checksum is missing, or given it "
      + "complete",
    because: "a header that is cleared, or shifted, hides that the checksum is missing",
    sources: [Source.virtio("5.1.6.4.1"), Source.virtio("5.1.6")],
    families: ["tap"],
    hint: "the header is built anew instead of passed on, or its fields are swapped"
  ) {
    for request in requests {
      for header in [10, 12] {
        for isPeeked in [false, true] {
          let frame = request.frame
          let place = "\(frame.length) bytes from \(request.start), +\(request.offset)"
          Script("\(place), header \(header)\(isPeeked ? ", peeked" : "")") {
            Step.open()
            Step.setFeatures(.guestChecksum, headerLength: header).orUnsupported
            Step.inject(frame, offload: request.header)
            if isPeeked { Step.peek(frame.behindHeader(header)) }
            Step.receive().allowing(any: request.forms(header: header).map { .frame($0) })
          }
        }
      }
    }
  }

  static let unsegmentedArrivesWhole = Requirement(
    "tap/unsegmented-frame-arrives-whole",
    .must,
    "a guest that acknowledged GUEST_TSO4 is given a large frame in one piece, with its header",
    because: "a large frame without its segment size is one that no router will ever forward",
    sources: [Source.virtio("5.1.6.4.1"), Source.linuxTap],
    families: ["tap"],
    hint: "a receive buffer of the size of the MTU, or a header that is cleared"
  ) {
    for payload in [1449, 2896, 9000, 32_000, 65_000] {
      let request = SegmentationRequest(payload: payload)
      for header in [10, 12] {
        for isPeeked in [false, true] {
          Script("\(payload) bytes, header \(header)\(isPeeked ? ", peeked" : "")") {
            Step.open()
            Step.setFeatures([.guestChecksum, .guestTCP4], headerLength: header).orUnsupported
            Step.inject(request.frame, offload: request.header)
            if isPeeked { Step.peek(request.frame.behindHeader(header)) }
            Step.receive().allowing(any: request.forms(header: header).map { .frame($0) })
          }
        }
      }
    }
  }

  static let segmentsAreCut = Requirement(
    "tap/segments-are-cut",
    .must,
    "a guest that did not acknowledge segmentation is given no frame above the MTU",
    because: "it has no buffer for one",
    sources: [Source.virtio("5.1.6.4.1"), "container issue 2245", "nerdbox issue 78"],
    families: ["tap"],
    untestable: "the kernel does the cutting, if its switch is off; the switch is looked at by "
      + "tap/offloads-match-features"
  )

  static let requestedChecksumIsSent = Requirement(
    "tap/requested-checksum-is-sent",
    .must,
    "a frame whose checksum the guest leaves to the host is sent, as it is or completed",
    because: "a request that is lost on the way lets the frame leave with a wrong checksum, or not "
      + "at all",
    sources: [Source.virtio("5.1.6.2.1"), Source.virtio("5.1.6.2.2")],
    families: ["tap"],
    hint: "the header is replaced by zeros, or refused"
  ) {
    for request in requests {
      for header in [10, 12] {
        let frame = request.frame.length
        Script("\(frame) bytes from \(request.start), +\(request.offset), header \(header)") {
          Step.open()
          Step.setFeatures(.checksum, headerLength: header).orUnsupported
          Step.send(request.frame.behind(request.header, length: header))
          Step.collect(request.frame)
            .allowing(.frames(request.frame), .frames(request.completed))
        }
      }
    }
  }

  static let requestedSegmentsAreTaken = Requirement(
    "tap/requested-segments-are-taken",
    .must,
    "a large frame whose segmentation the guest leaves to the host is sent in one call",
    because:
      "a guest that was offered HOST_TSO4 sends nothing but large frames; a limit of the size "
      + "of the MTU stops every transfer and no ping",
    sources: [Source.virtio("5.1.6.2.2"), Source.linuxTap, "openvmm issue 3730"],
    families: ["tap"],
    hint: "a length compared with the MTU, or a send buffer of that size"
  ) {
    for payload in [1449, 2896, 9000, 32_000, 65_000] {
      let request = SegmentationRequest(payload: payload)
      for header in [10, 12] {
        Script("\(payload) bytes, header \(header)") {
          Step.open()
          Step.setFeatures([.checksum, .hostTCP4], headerLength: header).orUnsupported
          Step.send(request.frame.behind(request.header, length: header))
          Step.drops(0...0)
        }
      }
    }
  }

  static let malformedHeaderIsRefused = Requirement(
    "tap/malformed-header-is-refused",
    .must,
    "a frame whose header contradicts itself or the frame is dropped with an error, and the next one "
      + "passes",
    because: "a guest must not be able to stop its own network for good, or to make the host look "
      + "beyond the frame",
    sources: [
      "cloud-hypervisor issue 6683", "cloud-hypervisor issue 8142", "CVE-2022-23087",
      "CVE-2019-5609",
      Source.linuxTap,
    ],
    families: ["tap"],
    hint: "the kernel's refusal is taken for the end of the device"
  ) {
    for (name, change) in [
      ("segmentation type 2", { ($0.segmentation, $0.segmentSize) = (2, 100) }),
      ("segmentation type 127", { ($0.segmentation, $0.segmentSize) = (127, 100) }),
      (
        "a segment size of 0",
        { ($0.segmentation, $0.flags) = (VirtioNetHeader.Segmentation.tcp4, .needsChecksum) }
      ),
      ("a checksum from the end on", { ($0.flags, $0.checksumStart) = (.needsChecksum, 60) }),
      (
        "a checksum behind the end",
        { ($0.flags, $0.checksumStart, $0.checksumOffset) = (.needsChecksum, 50, 9) }
      ),
      (
        "a checksum that wraps",
        { ($0.flags, $0.checksumStart, $0.checksumOffset) = (.needsChecksum, 65_535, 65_535) }
      ),
    ] as [(String, (inout VirtioNetHeader) -> Void)] {
      for header in [10, 12] {
        Script("\(name), header \(header)") {
          let frame = FramePattern(60, seed: 80)
          Step.open()
          Step.useHeader(header)
          Step.send(frame.behind(VirtioNetHeader(change), length: header))
            .allowing(Outcome(.explainedError(["dropped"])))
          Step.drops(1...1)
          Step.collect()
          Step.traffic(seed: 81, header: header)
        }
      }
    }
  }

  static let headersLengthIsAHint = Requirement(
    "tap/headers-length-is-a-hint",
    .must,
    "the length of the headers that a sent frame claims changes nothing if it is wrong; a length "
      + "beyond the frame may be refused",
    because: "drivers fill it in with guesses, which the specification allows",
    sources: [Source.virtio("5.1.6.2.2"), Source.linuxTap],
    families: ["tap"],
    hint: "the field is used as the number of bytes to copy"
  ) {
    for length in [0, 14, 33, 53, 54, 55, 60] as [UInt16] {
      Script("\(length) of 60") {
        Step.open()
        Step.useHeader(12)
        Step.send(
          FramePattern(60).behind(VirtioNetHeader { $0.headersLength = length }, length: 12)
        )
        Step.collect(FramePattern(60))
      }
    }
    for length in [61, 1000, 65_535] as [UInt16] {
      Script("\(length) of 60") {
        let frame = FramePattern(60)
        Step.open()
        Step.useHeader(12)
        Step.send(frame.behind(VirtioNetHeader { $0.headersLength = length }, length: 12))
          .allowing(.length(72).labelled("sent"), .error("dropped").labelled("refused"))
          .choosing("the frame is")
        Step.collect(frame)
          .allowing(.frames(frame).labelled("sent"), .noFrames.labelled("refused"))
          .choosing("the frame is")
        Step.traffic(seed: 2, header: 12)
      }
    }
  }
}
