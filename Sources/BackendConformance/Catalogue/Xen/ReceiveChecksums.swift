internal import NetBackend

/// What the slots of a received frame tell of its checksum.
enum ReceiveChecksums {
  static let all = [bitsTellWhatIsKnown, bitsAreInTheFirstSlot]

  /// What the host knows of a frame's checksum, as its vnet header says.
  private enum Known: String, CaseIterable {
    case nothing = "unknown"
    case valid = "known to be right"
    case blank = "still missing"

    /// The flags of the first slot.
    var flags: Int {
      switch self {
      case .nothing: 0
      case .valid: ReceivedSlots.Flag.validated
      case .blank: ReceivedSlots.Flag.validated | ReceivedSlots.Flag.blank
      }
    }

    /// A frame of that kind behind its vnet header.
    func frame(_ frame: InternetFrame, header length: Int = 12) -> FramePattern {
      switch self {
      case .nothing: frame.complete.behindHeader(length)
      case .valid: frame.complete.behind(VirtioNetHeader { $0.flags = .dataValid }, length: length)
      case .blank: frame.blank.behind(frame.header, length: length)
      }
    }
  }

  /// A frame of so many bytes.
  private static func frame(_ kind: InternetFrame.Kind, _ length: Int) -> InternetFrame {
    InternetFrame(kind, payload: length - InternetFrame(kind, payload: 0).length)
  }

  static let bitsTellWhatIsKnown = Requirement(
    "receive-ring/checksum-bits-tell-what-is-known",
    .must,
    "a frame whose checksum is missing comes with both bits, one whose checksum is known to be right "
      + "with data_validated, which is bit 0, and any other with neither",
    because:
      "the two bits are the other way round than in the transmit ring: with the wrong one a guest "
      + "takes damaged data for good, or throws away good frames that have no checksum",
    sources: [
      Source.netif, Source.netbackMeasured,
      "Linux drivers/net/xen-netback/rx.c, xenvif_rx_next_skb",
    ],
    families: XenScript.families,
    hint: "the flags of the transmit ring used for the receive ring"
  ) {
    for kind in InternetFrame.Kind.allCases {
      for known in Known.allCases {
        for header in [10, 12] {
          XenScript.connected("\(kind.rawValue), \(known.rawValue), header \(header)") {
            Step.useHeader(header)
            Guest.post(1, from: 5)
            ReceivedSlots.passage(
              known.frame(frame(kind, 1514), header: header),
              from: 5,
              flags: known.flags
            )
            Guest.slot(0, [5, 0, 0, 0, UInt8(known.flags), 0, 0xEA, 0x05], of: .receive)
          }
        }
      }
    }
  }

  static let bitsAreInTheFirstSlot = Requirement(
    "receive-ring/checksum-bits-are-in-the-first-slot",
    .must,
    "what is known of a frame's checksum is told in its first slot, and in no other",
    because:
      "frontends look at the first slot, and take bits in a later one for those of a frame that "
      + "begins there",
    sources: [Source.netif, Source.netbackMeasured, "FreeBSD sys/dev/xen/netback/netback.c"],
    families: XenScript.families,
    hint: "flags put together once and written into every slot"
  ) {
    for known in Known.allCases {
      for length in [4097, 4196, 8192, 9014, 65_531] {
        XenScript.connected("\(known.rawValue), \(length) bytes") {
          Step.useHeader(12)
          Guest.post(ReceivedSlots.count(length))
          ReceivedSlots.passage(known.frame(frame(.tcp4, length)), flags: known.flags)
        }
      }
    }
  }
}
