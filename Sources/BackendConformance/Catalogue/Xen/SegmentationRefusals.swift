internal import NetBackend

/// What the extra for cutting may not say, or need not.
enum SegmentationRefusals {
  static let all = [impossible, fitsThePacket, otherFrames, reservedBits]

  private typealias Kind = VirtioNetHeader.Segmentation
  private static let next = FramePattern(64, seed: 9)

  static let impossible = Requirement(
    "offload/impossible-segmentation-is-refused",
    .must,
    "a packet that is to be cut into segments of no bytes, or as a kind that is neither 1 nor 2, does not "
      + "arrive: it is answered with errors and the next one passes, or the interface ends",
    because:
      "the number of segments is a quotient: a size of zero stops the host, and an unknown kind is "
      + "handed on to drivers that trust it",
    sources: [
      Source.netif, Source.netbackMeasured,
      "Linux drivers/net/xen-netback/netback.c, xenvif_set_skb_gso",
    ],
    families: XenScript.families,
    hint: "the extra handed on unread"
  ) {
    for (size, kind) in [(0, 1), (0, 2), (1448, 0), (1448, 3), (1448, 0x81), (1448, 255), (0, 0)] {
      for payload in [100, 9000] {
        XenScript.connected("segments of \(size), kind \(kind), \(payload) bytes") {
          let frame = LargeFrame(.tcp4, payload: payload).frame
          let pieces = TransmittedPacket.pieces(frame.length)
          let extra = XenSlot.segmentation(size, kind: kind)
          Guest.transmit(
            TransmittedPacket.slots(pieces, flags: SegmentationOffloads.blank, extras: [extra]),
            frame
          )
          Step.peek
          let errors = pieces.indices.map { XenResponse.error(1 + $0) }
          Guest.responses(
            .violation,
            ["error": [errors[0], .null] + errors.dropFirst(), "fatal": []]
          )
          after
        }
      }
    }
  }

  /// The packet after one that is refused.
  private static var after: [Step] {
    let received = Step.receive(into: [64])
      .allowing(.frame(next).labelled("error"), .nothing.labelled("fatal"))
      .choosing(XenChoice.violation.rawValue)
    return Guest.transmit([.last(64, id: 9)], next)
      + [received, Guest.responses(.violation, ["error": [.okay(9)], "fatal": []])]
  }

  static let fitsThePacket = Requirement(
    "offload/segmentation-of-another-kind-is-lost-or-told",
    .should,
    "a packet that is to be cut as what it is not is lost, or comes whole with the kind that was asked "
      + "for; it is never passed off as another",
    because: "what is said in the header is what somebody else will do to it",
    sources: [Source.netbackMeasured, Source.netif],
    families: XenScript.families,
    hint: "the kind taken from the packet in one place and from the extra in another"
  ) {
    let tcp4 = InternetFrame(.tcp4, payload: 3000)
    let tcp6 = InternetFrame(.tcp6, payload: 3000)
    let udp4 = InternetFrame(.udp4, payload: 3000)
    for (name, frame, kind, told) in [
      ("TCP over IPv4 as IPv6", tcp4, 2, Kind.tcp6), ("TCP over IPv6 as IPv4", tcp6, 1, Kind.tcp4),
      ("UDP over IPv4 as TCP", udp4, 1, Kind.tcp4),
    ] {
      let blank = frame.blank
      let header = VirtioNetHeader {
        $0 = frame.header
        $0.segmentation = told
        $0.segmentSize = 1448
      }
      let forms = SegmentedForms.of(blank, header, 12, hint: frame.headersLength)
      XenScript.connected(name) {
        SegmentationOffloads.takeWhole()
        Guest.transmit(
          [
            .last(blank.length, flags: SegmentationOffloads.blank | XenSlot.Flag.extra, id: 1),
            .segmentation(1448, kind: kind),
          ],
          blank
        )
        Step.receive(into: [UInt(12 + blank.length)])
          .allowing(any: forms.map { $0.labelled("unchecked") } + [.nothing.labelled("checked")])
          .choosing(XenChoice.segmentation.rawValue)
        Step.peek
        Guest.responses([.okay(1), .null])
      }
    }
  }

  static let otherFrames = Requirement(
    "offload/segmentation-of-other-frames-is-lost",
    .must,
    "a frame that is to be cut and is not of IP, or a fragment of it, does not arrive, and the next one "
      + "does",
    because: "there is nothing to say where its headers end: whoever tries looks behind it",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "headers looked for at the places where TCP has them"
  ) {
    let fragment = InternetFrame(.tcp4, payload: 2000) { $0.fragment = 0x2000 }
    let whole = InternetFrame(.tcp4, payload: 0).blank
    let cut = FramePattern(bytes: Array(whole.contents().prefix(53)))
    for (name, frame) in [
      ("EtherType 0x88B5", FramePattern(3000)),
      ("an address request", RecordedFrames.addressRequest),
      ("a fragment", fragment.blank), ("a header that is cut off", cut),
      ("14 bytes", FramePattern(14)),
    ] {
      for flags in [SegmentationOffloads.blank, 0] {
        XenScript.connected("\(name), flags \(flags)") {
          Guest.transmit(
            [
              .last(frame.length, flags: flags | XenSlot.Flag.extra, id: 1), .segmentation(1448),
            ],
            frame
          )
          Step.peek
          Step(
            .xen(.responses(.transmit)),
            allowed: [.okay(1), .error(1)].map { Outcome(.xen(.responses([$0, .null]))) }
          )
          TransmittedPacket.passage(next, id: 9, arriving: next)
        }
      }
    }
  }

  static let reservedBits = Requirement(
    "offload/reserved-bits-of-segmentation-are-ignored",
    .may,
    "the padding and the feature bits of the extra for cutting have no effect",
    because:
      "they are reserved for what may come; a frontend that sets them has not asked for anything "
      + "that there is",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "a whole word compared in place of the kind"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      let kind = UInt8(SegmentationOffloads.kind(transport))
      for (padding, features) in [(0, 1), (0, 0xFFFF), (0xFF, 0), (0xFF, 0xFFFF)]
        as [(UInt8, UInt16)]
      {
        XenScript.connected("\(transport.rawValue), padding \(padding), features \(features)") {
          SegmentationOffloads.passage(
            LargeFrame(transport, payload: 3000, segmentSize: 1448),
            extra: .extra(
              type: 1,
              payload: [0xA8, 0x05, kind, padding] + features.bigEndianBytes
            )
          )
        }
      }
    }
  }
}
