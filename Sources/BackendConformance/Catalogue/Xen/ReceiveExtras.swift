internal import NetBackend

/// The extra slots of frames to the frontend.
enum ReceiveExtras {
  static let all = [
    extraIsBehindTheFirstSlot, extraTakesNoPage, onlyTheLastExtraEnds, segmentationIsExact,
    prefixIsNotUsed, longestFrameFits,
  ]

  /// The features with which whole frames to be cut are sent.
  private static let features: VirtioNetFeatures = [.checksum, .hostTCP4, .hostTCP6]
  private static let flags = ReceivedSlots.Flag.validated | ReceivedSlots.Flag.blank

  /// A frame of so many bytes that is to be cut, behind its vnet header.
  private static func frame(_ transport: LargeFrame.Transport, _ length: Int) -> FramePattern {
    let headers = LargeFrame(transport, payload: 0).headersLength
    let large = LargeFrame(transport, payload: length - headers, segmentSize: 1448)
    return large.frame.behind(large.header, length: 12)
  }

  private static func kind(_ transport: LargeFrame.Transport) -> Int { transport == .tcp6 ? 2 : 1 }

  /// The backend leaves the cutting of frames to the other end.
  static var useSegmentation: Step { .setFeatures(features, headerLength: 12).orUnsupported }

  static let extraIsBehindTheFirstSlot = Requirement(
    "receive-ring/extra-is-behind-the-first-slot",
    .must,
    "the first slot of a frame with an extra says so, and the extra is in the next slot, before the "
      + "rest of the frame",
    because:
      "a frontend that finds data there takes its identifier and offset for an extra's type, and "
      + "disconnects",
    sources: [
      Source.netif, Source.netbackMeasured, "FreeBSD netback_unit_tests.c, xnb_mbufc2pkt_extra",
    ],
    families: XenScript.families,
    hint: "extras appended behind the last slot"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      for length in [1600, 3054, 4096, 4097, 9054, 12_288, 32_000] {
        XenScript.connected("\(transport.rawValue), \(length) bytes") {
          useSegmentation
          let count = ReceivedSlots.count(length, extras: 1)
          Guest.post(count)
          ReceivedSlots.passage(
            frame(transport, length),
            flags: flags,
            extras: [ReceivedSlots.segmentation(1448, kind: kind(transport))]
          )
          Guest.indices(of: .receive, responses: count)
        }
      }
    }
  }

  static let extraTakesNoPage = Requirement(
    "receive-ring/extra-takes-a-request-without-its-page",
    .must,
    "an extra takes the slot of a request and leaves that request's page as it is, even unlooked at; "
      + "the next data goes into the next request's page",
    because: "the frontend posts the page anew: what was written into it would be in another frame",
    sources: [
      Source.netbackMeasured, "Linux drivers/net/xen-netfront.c, xennet_get_extras",
    ],
    families: XenScript.families,
    hint: "the extra's request given to the copies with the others"
  ) {
    for grant in [nil, 0, 999_999, 0xFFFF_FFFF] as [Int?] {
      for length in [3054, 9054] {
        XenScript.connected("\(length) bytes, grant \(grant.map(String.init) ?? "of a page")") {
          useSegmentation
          let rest = ReceivedSlots.count(length) - 1
          let others = (0...rest).map { XenSlot.buffer(2 + $0) }
          Guest.post([.buffer(0), .buffer(1, grant: grant)] + others)
          ReceivedSlots.passage(
            frame(.tcp4, length),
            flags: flags,
            extras: [ReceivedSlots.segmentation(1448)]
          )
          Guest.untouched(1)
          Guest.untouched(2 + rest)
          ReceivedSlots.passage(FramePattern(60).behindHeader(12), from: 2 + rest)
        }
      }
    }
  }

  static let onlyTheLastExtraEnds = Requirement(
    "receive-ring/only-the-last-extra-has-none-behind-it",
    .must,
    "each extra of a frame says that another one follows, but for the last",
    because:
      "a frontend reads on for as long as extras say so: it takes data for an extra, or an extra "
      + "for data",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "extras written without looking whether more follow"
  ) {
    for (name, length) in [("one slot with data", 3054), ("three", 9054)] {
      XenScript.connected(name, changing: ["xdp-headroom": "64"]) {
        useSegmentation
        Guest.post(ReceivedSlots.count(length, extras: 2))
        Step.send(frame(.tcp4, length))
        let room: [UInt8] = [64, 0, 0, 0, 0, 0]
        let extras: [XenResponse] = [
          ReceivedSlots.segmentation(1448, more: true), .extra(type: 5, payload: room),
        ]
        let one = ReceivedSlots.segmentation(1448)
        Guest.responses(
          .headroomForm,
          [
            "status": ReceivedHeadroom.inStatus(length, 64, flags: flags, extras: extras),
            "offset": ReceivedHeadroom.inOffset(length, 64, flags: flags, extras: extras),
            "none": ReceivedSlots.of(length, flags: flags, extras: [one]),
          ],
          of: .receive
        )
      }
    }
  }

  static let segmentationIsExact = Requirement(
    "receive-ring/segmentation-extra-is-exact",
    .must,
    "the extra of a frame that is to be cut tells the size of its segments and the kind, 1 for IPv4 and "
      + "2 for IPv6, and its other bytes are zero, whatever the slot held before",
    because:
      "bytes that are not written are memory of the host, or make a frontend that checks them "
      + "drop the frame",
    sources: [Source.netif, Source.netbackMeasured, Source.advisory(216)],
    families: XenScript.families,
    hint: "a structure on the stack of which only the named fields are set"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      for size in [1, 536, 1448, 8960, 0x1234] {
        XenScript.connected("\(transport.rawValue), segments of \(size)") {
          let large = LargeFrame(transport, payload: size + 20, segmentSize: size)
          useSegmentation
          let count = ReceivedSlots.count(large.frame.length)
          let rest = (1..<max(2, count)).map { XenSlot.buffer($0 + 1) }
          Guest.post(
            [.buffer(0), .bytes([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])] + rest
          )
          Step.send(large.frame.behind(large.header, length: 12))
          Guest.slot(
            1,
            [1, 0] + XenExtra.segmentation(size, kind(transport)),
            of: .receive
          )
        }
      }
    }
  }

  static let prefixIsNotUsed = Requirement(
    "receive-ring/prefix-flag-is-not-used",
    .should,
    "no response has the flag of a segmentation prefix, whatever the frontend says it takes",
    because: "the form was given up for the extra slot, and frontends of today do not know it",
    sources: [Source.netif, Source.netbackMeasured, "win-xenvif 671edd9"],
    families: XenScript.families,
    hint: "an old form kept for frontends that have both keys"
  ) {
    for key in ["feature-gso-tcpv4-prefix", "feature-gso-tcpv6-prefix"] {
      for transport in [LargeFrame.Transport.tcp4, .tcp6] {
        XenScript.connected("\(key), \(transport.rawValue)", changing: [key: "1"]) {
          useSegmentation
          Guest.post(4)
          ReceivedSlots.passage(
            frame(transport, 9054),
            flags: flags,
            extras: [ReceivedSlots.segmentation(1448, kind: kind(transport))]
          )
        }
      }
    }
  }

  static let longestFrameFits = Requirement(
    "receive-ring/longest-frame-takes-18-slots-at-most",
    .must,
    "the longest frame takes no more than 18 slots, its extra among them",
    because: "a frontend that has said nothing else takes no more, and Linux's drops what has",
    sources: [
      Source.netif, Source.netbackMeasured,
      "Linux drivers/net/xen-netfront.c, XEN_NETIF_NR_SLOTS_MIN",
    ],
    families: XenScript.families,
    hint: "pieces that end where the host's own pages do"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      for length in [61_440, 65_000, 65_535] {
        XenScript.connected("\(transport.rawValue), \(length) bytes") {
          useSegmentation
          Guest.post(18)
          ReceivedSlots.passage(
            frame(transport, length),
            flags: flags,
            extras: [ReceivedSlots.segmentation(1448, kind: kind(transport))]
          )
        }
      }
    }
  }
}
