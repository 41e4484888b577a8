/// Checksums whose place is not where it usually is.
enum ChecksumPlaces {
  static let all = [foundBehindOptions, shortHeaders, taggedFrames]

  private static let flags = ChecksumRefusals.flags
  private static let next = FramePattern(64, seed: 9)

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
          ChecksumRefusals.passageOrLoss(
            frame.blank.tagged(tag),
            arriving: frame.complete.tagged(tag)
          )
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
