/// Checksums that are asked for where there is no place for one.
enum ChecksumRefusals {
  static let all = [otherProtocols, fragments, beyondTheFrame]

  static let flags = XenSlot.Flag.blank | XenSlot.Flag.validated
  private static let next = FramePattern(64, seed: 9)

  /// Transmits a frame that arrives as one of these, or is lost; the next one arrives.
  static func passageOrLoss(_ frame: FramePattern, arriving form: FramePattern) -> [Step] {
    let choice = "a frame without place for a checksum is"
    let received = Step.receive(into: [UInt(frame.length)])
      .allowing(.frame(form).labelled("passed on"), .nothing.labelled("lost")).choosing(choice)
    return Guest.transmit([.last(frame.length, flags: flags, id: 1)], frame)
      + [received, Step.peek, TransmittedPacket.taken(or: .error(1))]
      + TransmittedPacket.passage(next, id: 9, arriving: next)
  }

  static let otherProtocols = Requirement(
    "offload/blank-checksum-of-other-protocols-changes-nothing",
    .must,
    "a packet with csum_blank that is neither TCP nor UDP is lost, or arrives as it was",
    because:
      "a sum that is written where another protocol has its data is damage that nobody notices",
    sources: [
      Source.netbackMeasured, "FreeBSD netback_unit_tests.c, xnb_add_mbuf_cksum_arp and _icmp",
    ],
    families: XenScript.families,
    hint: "the protocol taken for UDP if it is not TCP"
  ) {
    let frames = [
      ("a request for an address", RecordedFrames.addressRequest), ("an echo", RecordedFrames.echo),
      ("EtherType 0x88B5", FramePattern(60)), ("EtherType 0x88B5, 1514 bytes", FramePattern(1514)),
    ]
    for (name, frame) in frames {
      XenScript.connected(name) { passageOrLoss(frame, arriving: frame) }
    }
  }

  static let fragments = Requirement(
    "offload/blank-checksum-of-a-fragment-is-lost",
    .must,
    "a fragment with csum_blank does not arrive",
    because:
      "its checksum covers what is in other packets: one over the fragment alone is wrong, and in "
      + "a later fragment it is written over data",
    sources: [Source.netbackMeasured, "Linux 7022ef8b2a67 and 1431fb31ecba"],
    families: XenScript.families,
    hint: "the protocol looked at without the field of the fragment"
  ) {
    for kind in [InternetFrame.Kind.tcp4, .udp4] {
      for field in [0x2000, 0x0010, 0x1FFF, 0x3FFF, 0x0001, 0x6000] as [UInt16] {
        let frame = InternetFrame(kind, payload: 100) { $0.fragment = field }
        XenScript.connected("\(kind.rawValue), field \(field)") {
          TransmittedPacket.loss(frame.blank, flags: flags, id: 6)
        }
      }
    }
    for kind in [InternetFrame.Kind.tcp6, .udp6] {
      for field in [[0x00, 0x01], [0x00, 0x08], [0xFF, 0xF8]] as [[UInt8]] {
        let next: UInt8 = kind == .tcp6 ? 6 : 17
        let frame = InternetFrame(kind, payload: 100) {
          $0.extensions = (44, [next, 0] + field + [0, 0, 0, 1])
        }
        XenScript.connected("\(kind.rawValue), field \(field)") {
          TransmittedPacket.loss(frame.blank, flags: flags, id: 6)
        }
      }
    }
  }

  static let beyondTheFrame = Requirement(
    "offload/blank-checksum-beyond-the-frame-is-lost",
    .must,
    "a packet with csum_blank that ends within its headers does not arrive",
    because: "the field would be looked for, and written, behind the packet's memory",
    sources: [Source.netbackMeasured, "Linux d52eb0d46f36"],
    families: XenScript.families,
    hint: "the length of the header believed in place of that of the frame"
  ) {
    for (kind, behind) in [
      (InternetFrame.Kind.tcp4, [0, 4, 16, 17, 18, 19]), (.udp4, [0, 4, 6, 7]),
      (.tcp6, [0, 10, 17, 19]), (.udp6, [0, 6, 7]),
    ] {
      let frame = InternetFrame(kind, payload: 100)
      for count in behind {
        let cut = Array(frame.blank.contents().prefix(frame.transportStart + count))
        XenScript.connected("\(kind.rawValue), \(count) bytes behind the network's header") {
          TransmittedPacket.loss(FramePattern(bytes: cut), flags: flags)
        }
      }
      for count in [14, 15, frame.transportStart - 1] {
        let cut = Array(frame.blank.contents().prefix(count))
        XenScript.connected("\(kind.rawValue), \(count) bytes in all") {
          TransmittedPacket.loss(FramePattern(bytes: cut), flags: flags)
        }
      }
    }
  }
}
