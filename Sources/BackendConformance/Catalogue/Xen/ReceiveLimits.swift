/// Which frames to the frontend are too long, or none at all.
enum ReceiveLimits {
  static let all = [emptyFrameTakesNoSlot, longestFrame, mtuIsKept, scatterGatherIsNeeded]

  /// A frame that is refused: nothing is written, and the next one takes the first page.
  private static func refusal(_ frame: FramePattern, _ reason: String) -> [Step] {
    [
      Step.send(frame).allowing(.error(reason)),
      Guest.responses([], of: .receive), Step.collect(), Guest.untouched(0),
    ] + ReceivedSlots.passage(FramePattern(60, seed: 8))
  }

  static let emptyFrameTakesNoSlot = Requirement(
    "receive-ring/empty-frame-takes-no-slot",
    .must,
    "a frame of no bytes is refused and answers no request",
    because: "a response with the status 0 is a received packet without a header to the frontend",
    sources: [Source.netif, "FreeBSD netback_unit_tests.c, xnb_rxpkt2rsp_empty"],
    families: XenScript.families,
    hint: "a loop over pages that runs at least once"
  ) {
    for posted in [1, 2, 256] {
      XenScript.connected("\(posted) posted") {
        Guest.post(posted)
        refusal(FramePattern(0), "emptyFrame")
      }
    }
  }

  static let longestFrame = Requirement(
    "receive-ring/no-frame-beyond-16-bits",
    .must,
    "a frame of more than 65535 bytes is refused, and nothing of it is passed on",
    because:
      "lengths have 16 bits in the frontend's packets: what is longer arrives as its last bytes",
    sources: [Source.netif, "Linux drivers/net/xen-netback/common.h, XEN_NETIF_MAX_TX_SIZE"],
    families: XenScript.families,
    hint: "a length cut to 16 bits"
  ) {
    for length in [65_536, 65_537, 65_596, 69_632] {
      XenScript.connected("\(length) bytes") {
        Guest.post(20)
        refusal(FramePattern(length), "frameTooLong")
      }
    }
  }

  static let mtuIsKept = Requirement(
    "receive-ring/mtu-is-kept",
    .should,
    "a frame that is not to be cut is no longer than the agreed MTU and the Ethernet header, with a tag "
      + "four bytes more, and the MTU is 1500 if the store does not say",
    because: "a frontend with buffers for its MTU drops what is longer, and nobody counts it",
    sources: [
      Source.netbackMeasured, "Linux drivers/net/xen-netback/interface.c, xenvif_change_mtu",
    ],
    families: XenScript.families,
    hint: "a limit that is never asked for, or forgets the tag"
  ) {
    let agreements: [(String?, Int)] = [(nil, 1500), ("68", 68), ("1500", 1500), ("9000", 9000)]
    for (value, mtu) in agreements {
      for tag in [0, 4] {
        let longest = mtu + 14 + tag
        let name = "MTU \(value ?? "not said")" + (tag == 0 ? "" : ", tagged")
        Script(name, bench: XenScript.bench()) {
          Step.open()
          Guest.configure("mtu", value)
          Guest.connect()
          Guest.post(12)
          Step.send(frame(longest + 1, tagged: tag > 0)).allowing(.error("frameTooLong"))
          Guest.responses([], of: .receive)
          ReceivedSlots.passage(frame(longest, tagged: tag > 0))
        }
      }
    }
  }

  /// A frame, behind its addresses with a tag of the first virtual network.
  private static func frame(_ length: Int, tagged: Bool) -> FramePattern {
    guard tagged else { return FramePattern(length) }
    var bytes = FramePattern(length).contents()
    bytes.replaceSubrange(12..<16, with: [0x81, 0x00, 0x00, 0x01])
    return FramePattern(bytes: bytes)
  }

  static let scatterGatherIsNeeded = Requirement(
    "receive-ring/several-slots-need-scatter-gather",
    .must,
    "a frontend that has not said feature-sg gets no frame of more than one slot; nothing of a frame "
      + "that would need them is passed on",
    because: "such a frontend takes each slot for a packet of its own",
    sources: [Source.netif, Source.netbackMeasured, "Linux drivers/net/xen-netback/interface.c"],
    families: XenScript.families,
    hint: "the MTU kept from a frontend that could take more"
  ) {
    for (name, value) in [("absent", nil), ("0", "0")] as [(String, String?)] {
      for length in [1515, 4096, 4097, 9014] {
        XenScript.connected(
          "feature-sg \(name), \(length) bytes",
          changing: ["feature-sg": value]
        ) {
          Guest.post(4)
          refusal(FramePattern(length), "frameTooLong")
        }
      }
      XenScript.connected("feature-sg \(name), 1514 bytes", changing: ["feature-sg": value]) {
        Guest.post(1)
        ReceivedSlots.passage(FramePattern(1514))
      }
    }
  }
}
