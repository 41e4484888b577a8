internal import NetBackend

/// Checksums that are asked for where there is no place for one, or none that is easy to find.
enum ChecksumRefusals {
  static let all = [
    otherProtocols, fragments, beyondTheFrame, foundBehindOptions, shortHeaders, taggedFrames,
  ]

  private static let flags = XenSlot.Flag.blank | XenSlot.Flag.validated
  private static let next = FramePattern(64, seed: 9)

  /// Transmits a frame that arrives as one of these, or is lost; the next one arrives.
  private static func passageOrLoss(_ frame: FramePattern, arriving form: FramePattern) -> [Step] {
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

  static let foundBehindOptions = Requirement(
    "offload/checksum-is-found-behind-options",
    .must,
    "a blank checksum is filled in behind options of IPv4 and extension headers of IPv6",
    because:
      "the header of the transport is not at a fixed place; a netback that thinks so writes into "
      + "the options",
    sources: [Source.netbackMeasured, "Linux net/core/skbuff.c, skb_checksum_setup"],
    families: XenScript.families,
    hint: "34 and 54 as the places of the transport's header"
  ) {
    for kind in [InternetFrame.Kind.tcp4, .udp4] {
      for options in [4, 8, 20, 40] {
        let frame = InternetFrame(kind, payload: 60) { $0.options = .noOperations(options) }
        XenScript.connected("\(kind.rawValue), \(options) bytes of options") {
          TransmittedPacket.passage(frame.blank, flags: flags, arriving: frame.complete)
        }
      }
    }
    for kind in [InternetFrame.Kind.tcp6, .udp6] {
      for (name, first, bytes) in extensionHeaders(before: kind == .tcp6 ? 6 : 17) {
        let frame = InternetFrame(kind, payload: 60) { $0.extensions = (first, bytes) }
        XenScript.connected("\(kind.rawValue), \(name)") {
          TransmittedPacket.passage(frame.blank, flags: flags, arriving: frame.complete)
        }
      }
    }
  }

  /// Extension headers of IPv6: what they are, the number of the first, and their bytes.
  private static func extensionHeaders(before next: UInt8) -> [(String, UInt8, [UInt8])] {
    func padding(_ next: UInt8) -> [UInt8] { [next, 0, 1, 4, 0, 0, 0, 0] }
    return [
      ("hop-by-hop options", 0, padding(next)), ("destination options", 60, padding(next)),
      ("16 bytes of options", 60, [next, 1, 1, 12] + Array(repeating: 0, count: 12)),
      ("a routing header", 43, [next, 0, 4, 0, 0, 0, 0, 0]),
      ("a fragment that is the whole packet", 44, [next, 0, 0, 0, 0, 0, 0, 1]),
      ("two headers", 0, padding(60) + padding(next)),
    ]
  }

  static let shortHeaders = Requirement(
    "offload/short-header-is-refused-or-believed",
    .should,
    "a packet with csum_blank whose IPv4 header says that it is shorter than 20 bytes is lost, or has the "
      + "checksum where such a header would end; no byte beyond the frame is looked at",
    because: "the frontend chooses the number: what it says must never lead out of the frame",
    sources: [Source.netbackMeasured, Source.netif],
    families: XenScript.families,
    hint: "a place computed from the number without a look at the length"
  ) {
    for kind in [InternetFrame.Kind.tcp4, .udp4] {
      for words in [0, 1, 4] as [UInt8] {
        let frame = InternetFrame(kind, payload: 100) { $0.claimedWords = words }
        let blank = frame.blank
        let believed = blank.filled(from: 14 + 4 * Int(words), at: frame.checksumOffset)
        let received = Step.receive(into: [UInt(blank.length)])
          .allowing(.frame(believed).labelled("believed"), .nothing.labelled("refused"))
          .choosing(XenChoice.shortHeader.rawValue)
        XenScript.connected("\(kind.rawValue), \(words) words") {
          Guest.transmit([.last(blank.length, flags: flags, id: 1)], blank)
          received
          Step.peek
          TransmittedPacket.taken(or: .error(1))
          TransmittedPacket.passage(next, id: 9, arriving: next)
        }
      }
    }
  }

  static let taggedFrames = Requirement(
    "offload/tagged-frame-is-not-missummed",
    .must,
    "a packet with csum_blank behind a VLAN tag arrives with the right checksum, or not at all",
    because:
      "the tag moves every header by four bytes; what is summed without it is wrong, and is passed "
      + "on as right",
    sources: [Source.netbackMeasured, "FreeBSD sys/dev/xen/netback/netback.c"],
    families: XenScript.families,
    hint: "the tag's number taken for no protocol, and the frame passed on as it is"
  ) {
    for kind in InternetFrame.Kind.allCases {
      for tag in [[0x81, 0x00, 0x00, 0x01], [0x88, 0xA8, 0x00, 0x01]] as [[UInt8]] {
        let frame = InternetFrame(kind, payload: 100)
        XenScript.connected("\(kind.rawValue), tag \(tag.map { String($0, radix: 16) })") {
          passageOrLoss(frame.blank.tagged(tag), arriving: frame.complete.tagged(tag))
        }
      }
    }
  }
}

extension [UInt8] {
  /// Options of IPv4 without meaning, so many bytes.
  static func noOperations(_ count: Int) -> [UInt8] { Array(repeating: 1, count: count) }
}

extension FramePattern {
  /// The frame with a VLAN tag behind its addresses.
  fileprivate func tagged(_ tag: [UInt8]) -> FramePattern {
    var bytes = contents()
    bytes.insert(contentsOf: tag, at: 12)
    return FramePattern(bytes: bytes)
  }

  /// The frame with the checksum over all from `start` on in a place behind it, whatever is there.
  fileprivate func filled(from start: Int, at offset: Int) -> FramePattern {
    var bytes = contents()
    let sum = InternetChecksum.of(Array(bytes[start...]))
    bytes.replaceSubrange(start + offset..<start + offset + 2, with: sum.bigEndianBytes)
    return FramePattern(bytes: bytes)
  }
}
