internal import NetBackend

/// Packets from the frontend that others are to cut.
enum SegmentationOffloads {
  static let all = [cutIntoRightSegments, shortPacketIsOneFrame, splitHeaders, toldInTheHeader]

  static let blank = XenSlot.Flag.blank | XenSlot.Flag.validated

  /// The number by which an extra tells the protocol.
  static func kind(_ transport: LargeFrame.Transport) -> Int { transport == .tcp6 ? 2 : 1 }

  /// Transmits a packet that is cut, in pieces, of which its segments arrive.
  static func passage(
    _ large: LargeFrame,
    pieces: [Int]? = nil,
    flags: Int = blank,
    extra: XenSlot? = nil
  ) -> [Step] {
    let frame = large.frame
    let pieces = pieces ?? TransmittedPacket.pieces(frame.length)
    let extra = extra ?? .segmentation(large.segmentSize, kind: kind(large.transport))
    let slots = TransmittedPacket.slots(pieces, flags: flags, extras: [extra])
    return Guest.transmit(slots, frame) + large.segments.map { .receive($0) }
      + [Step.peek, Guest.responses(TransmittedPacket.answers(pieces.count, extras: 1))]
  }

  static let cutIntoRightSegments = Requirement(
    "offload/packet-is-cut-into-right-segments",
    .must,
    "a packet that is to be cut arrives as segments of the size that the extra says, the last one with "
      + "the rest, each with its own length, identifier, sequence number, flags and checksums",
    because: "a segment with one of them wrong is dropped by its receiver, or breaks the stream in "
      + "silence",
    sources: [
      Source.netif, Source.netbackMeasured, "RFC 9293", "RFC 6864", "RFC 3168, section 6.1.2",
    ],
    families: XenScript.families,
    hint: "fields copied from the packet's header and forgotten"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      for (payload, size) in [
        (7240, 1448), (7241, 1448), (7239, 1448), (3000, 1448), (2896, 1448), (1449, 1448), (40, 1),
        (1001, 100), (20_000, 8960), (60_000, 1448), (65_535 - 74, 1440),
      ] {
        XenScript.connected("\(transport.rawValue), \(payload) bytes in segments of \(size)") {
          passage(LargeFrame(transport, payload: payload, segmentSize: size))
        }
      }
      for flags in [0x10, 0x18, 0x11, 0x99, 0x90, 0xD9] as [UInt8] {
        let large = LargeFrame(transport, payload: 3000, segmentSize: 1448) { $0.flags = flags }
        XenScript.connected("\(transport.rawValue), flags \(flags)") { passage(large) }
      }
    }
    XenScript.connected("a header of 66 bytes in a piece of its own") {
      let large = LargeFrame(.tcp4, payload: 7240, segmentSize: 1448) {
        $0.options = .noOperations(12)
      }
      passage(large, pieces: [66, 4096, 3144])
    }
  }

  static let shortPacketIsOneFrame = Requirement(
    "offload/short-packet-to-be-cut-is-one-frame",
    .must,
    "a packet that is to be cut and has no more than one segment arrives as one frame, however large "
      + "segments may be",
    because:
      "a frontend need not know the sizes of others; a difference that goes below zero cuts a "
      + "short packet into thousands",
    sources: [Source.netbackMeasured, Source.netif],
    families: XenScript.families,
    hint: "the number of segments rounded down, or taken from the size minus the length"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      for (payload, size) in [
        (0, 1448), (1, 1448), (100, 1448), (1448, 1448), (1000, 0xFFFF), (0, 1), (1, 1),
        (8000, 0xFFFF), (60_000, 0xFFFF),
      ] {
        XenScript.connected("\(transport.rawValue), \(payload) bytes in segments of \(size)") {
          passage(LargeFrame(transport, payload: payload, segmentSize: size))
        }
      }
    }
  }

  static let splitHeaders = Requirement(
    "offload/split-headers-are-gathered",
    .must,
    "a packet that is to be cut arrives as its segments, however its headers are divided among pieces",
    because:
      "headers that are looked for in the first piece alone are not there, and what is behind its "
      + "memory is taken for them",
    sources: [Source.advisory(423), Source.netif],
    families: XenScript.families,
    hint: "as many bytes taken for headers as the first piece has"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      for pieces in [[14], [14, 20], [14, 20, 20], [34], [53], [54], [20, 1, 1], [14, 39, 1]] {
        XenScript.connected("\(transport.rawValue), pieces of \(pieces) and the rest") {
          let large = LargeFrame(transport, payload: 3000, segmentSize: 1448)
          let rest = large.frame.length - pieces.reduce(0, +)
          passage(large, pieces: pieces + [rest])
        }
      }
    }
  }

  static let toldInTheHeader = Requirement(
    "offload/packet-to-be-cut-is-told-in-the-header",
    .must,
    "to a caller who takes packets that are still to be cut such a packet comes whole, with a vnet header "
      + "that says its kind, the size of its segments and where its checksum belongs",
    because:
      "without the size or the kind nobody can cut it any more, and it is too long for every wire",
    sources: [Source.netif, Source.netbackMeasured, Source.virtio("5.1.6.4")],
    families: XenScript.families,
    hint: "the kinds of the extra passed on as they are: virtio's have other numbers"
  ) {
    for transport in [LargeFrame.Transport.tcp4, .tcp6] {
      for length in [10, 12] {
        for (payload, size) in [(3000, 1448), (60_000, 1448), (3000, 536)] {
          let large = LargeFrame(transport, payload: payload, segmentSize: size)
          XenScript.connected("\(transport.rawValue), \(payload) in \(size), header \(length)") {
            takeWhole(length)
            whole(large.frame, large, header: length)
          }
        }
      }
    }
  }

  /// The caller takes packets that are still to be cut.
  static func takeWhole(_ length: Int = 12) -> Step {
    Step.setFeatures([.guestChecksum, .guestTCP4, .guestTCP6], headerLength: length).orUnsupported
  }

  /// Transmits a packet that arrives uncut.
  static func whole(
    _ frame: FramePattern,
    _ large: LargeFrame,
    header length: Int = 12,
    flags: Int = blank
  ) -> [Step] {
    let pieces = TransmittedPacket.pieces(frame.length)
    let extra = XenSlot.segmentation(large.segmentSize, kind: kind(large.transport))
    let forms = SegmentedForms.of(large.frame, large.header, length)
    return Guest.transmit(TransmittedPacket.slots(pieces, flags: flags, extras: [extra]), frame) + [
      Step.receive(into: [UInt(length + frame.length)]).allowing(any: forms),
      Step.peek, Guest.responses(TransmittedPacket.answers(pieces.count, extras: 1)),
    ]
  }
}
