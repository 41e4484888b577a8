/// What a packet that is to be cut need not say, and its frontend need not.
enum SegmentationNeeds {
  static let all = [impliesBlank, needsNothingOfTheFrontend]

  static let impliesBlank = Requirement(
    "offload/packet-to-be-cut-needs-no-blank-bit",
    .should,
    "a packet that is to be cut has its checksum filled in, in each segment, also if it does not say "
      + "csum_blank and whatever stands in the field",
    because:
      "some frontends set the extra alone; each of their segments would have the checksum of the "
      + "whole packet",
    sources: [
      Source.netbackMeasured, "Linux drivers/net/xen-netback/interface.c, checksum_setup",
    ],
    families: XenScript.families,
    hint: "the two decided apart from each other"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      let large = LargeFrame(transport, payload: 3000, segmentSize: 1448)
      let place = large.headersLength - 4
      for flags in [0, XenSlot.Flag.validated] {
        for field in [nil, [0xBE, 0xEF], [0, 0]] as [[UInt8]?] {
          let frame = large.frame.replacing(place, with: field)
          let text = field.map { "field \($0)" } ?? "the right sum"
          XenScript.connected("\(transport.rawValue), flags \(flags), \(text), cut") {
            let pieces = TransmittedPacket.pieces(frame.length)
            let extra = XenSlot.segmentation(1448, kind: SegmentationOffloads.kind(transport))
            Guest.transmit(TransmittedPacket.slots(pieces, flags: flags, extras: [extra]), frame)
            for segment in large.segments { Step.receive(segment) }
            Guest.responses(TransmittedPacket.answers(pieces.count, extras: 1))
          }
          XenScript.connected("\(transport.rawValue), flags \(flags), \(text), whole") {
            SegmentationOffloads.takeWhole()
            SegmentationOffloads.whole(frame, large, flags: flags)
          }
        }
      }
    }
  }

  static let needsNothingOfTheFrontend = Requirement(
    "offload/packet-to-be-cut-needs-no-key",
    .must,
    "a packet that is to be cut is cut whatever the frontend says that it takes itself; one of a kind that "
      + "was not offered may be refused instead",
    because: "the frontend's keys are for the other direction; old ones write none",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "one set of features for both directions"
  ) {
    for value in [nil, "0"] as [String?] {
      let keys = ["feature-gso-tcpv4": value, "feature-gso-tcpv6": value]
      XenScript.connected("TCP over IPv4, keys \(value ?? "absent")", changing: keys) {
        SegmentationOffloads.passage(LargeFrame(.tcp4, payload: 3000, segmentSize: 1448))
      }
      XenScript.connected("TCP over IPv6, keys \(value ?? "absent")", changing: keys) {
        cutOrRefused(LargeFrame(.tcp6, payload: 3000, segmentSize: 1448))
      }
    }
  }

  private static func cutOrRefused(_ large: LargeFrame) -> [Step] {
    let choice = "what was not offered is"
    let slots = TransmittedPacket.slots(
      TransmittedPacket.pieces(large.frame.length),
      flags: SegmentationOffloads.blank,
      extras: [.segmentation(large.segmentSize, kind: 2)]
    )
    var answers = Step(.xen(.responses(.transmit)), allowed: [], choice: choice)
    answers.allowed = [
      Outcome(.xen(.responses(TransmittedPacket.answers(1, extras: 1))), label: "cut"),
      Outcome(.xen(.responses([.error(1), .null])), label: "refused"),
    ]
    let received = large.segments.map { segment in
      Step.receive(into: [UInt(segment.length)])
        .allowing(.frame(segment).labelled("cut"), .nothing.labelled("refused")).choosing(choice)
    }
    return Guest.transmit(slots, large.frame) + received + [Step.peek, answers]
  }
}

extension FramePattern {
  /// The frame with other bytes at a place, if there are any.
  fileprivate func replacing(_ place: Int, with new: [UInt8]?) -> FramePattern {
    guard let new else { return self }
    var bytes = contents()
    bytes.replaceSubrange(place..<place + new.count, with: new)
    return FramePattern(bytes: bytes)
  }
}
