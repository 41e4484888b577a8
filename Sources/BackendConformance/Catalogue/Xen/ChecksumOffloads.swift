internal import NetBackend

/// Checksums that the frontend leaves to others, and those that it does not.
enum ChecksumOffloads {
  static let all = [
    blankIsFilledIn, blankIsToldInTheHeader, othersStay, zeroIsWrittenAsOnes,
  ]

  static let blankIsFilledIn = Requirement(
    "offload/blank-checksum-is-filled-in",
    .must,
    "a packet with csum_blank arrives with its checksum where nobody else fills it in, and is otherwise "
      + "as it was",
    because:
      "the field holds the sum over the pseudo header alone: every receiver drops such a frame",
    sources: [
      Source.netif, Source.netbackMeasured, "FreeBSD netback_unit_tests.c, xnb_add_mbuf_cksum",
    ],
    families: XenScript.families,
    hint: "the field taken for zero before the sum is made"
  ) {
    for kind in InternetFrame.Kind.allCases {
      for payload in [0, 1, 2, 7, 100, 1001, 1400] {
        for flags in [XenSlot.Flag.blank, XenSlot.Flag.blank | XenSlot.Flag.validated] {
          let frame = InternetFrame(kind, payload: payload)
          XenScript.connected("\(kind.rawValue), \(payload) bytes, flags \(flags)") {
            TransmittedPacket.passage(frame.blank, flags: flags, arriving: frame.complete)
          }
        }
      }
    }
    for (name, blank, complete) in RecordedFrames.withChecksum {
      XenScript.connected("a recorded frame of \(name)") {
        TransmittedPacket.passage(blank, flags: 3, arriving: complete)
      }
    }
  }

  static let blankIsToldInTheHeader = Requirement(
    "offload/blank-checksum-is-told-in-the-header",
    .must,
    "to a caller who fills in checksums a packet with csum_blank comes as it is with a vnet header that "
      + "says where its checksum belongs, or with its checksum",
    because: "a frame without checksum whose header says nothing is taken for a damaged one",
    sources: [Source.netif, Source.netbackMeasured, Source.virtio("5.1.6.4")],
    families: XenScript.families,
    hint: "the header zeroed between making and delivering it"
  ) {
    for kind in InternetFrame.Kind.allCases {
      for length in [10, 12] {
        for (flags, options) in [(1, 0), (3, 0), (3, 40)] {
          let frame = InternetFrame(kind, payload: 100) { $0.options = .noOperations(options) }
          let blank = frame.blank
          let forms = told(frame, length)
          XenScript.connected("\(kind.rawValue), header \(length), flags \(flags), \(options)") {
            Step.setFeatures([.guestChecksum], headerLength: length).orUnsupported
            Guest.transmit([.last(blank.length, flags: flags, id: 1)], blank)
            Step.receive(into: [UInt(length + blank.length)]).allowing(any: forms)
            Guest.responses([.okay(1)])
          }
        }
      }
    }
  }

  /// What may be told of a frame whose checksum is missing.
  private static func told(_ frame: InternetFrame, _ length: Int) -> [Outcome] {
    let verified = VirtioNetHeader { $0.flags = .dataValid }
    let forms = [
      (frame.blank, frame.header), (frame.complete, VirtioNetHeader()), (frame.complete, verified),
    ]
    return forms.flatMap { form in
      (length == 12 ? [0, 1] : [0] as [UInt16]).map { count in
        var fields = form.1
        fields.bufferCount = count
        return .frame(form.0.behind(fields, length: length))
      }
    }
  }

  static let othersStay = Requirement(
    "offload/other-checksums-stay",
    .must,
    "a packet without csum_blank arrives byte for byte, whether it says data_validated or not, and "
      + "whatever its checksums are",
    because:
      "a wrong checksum is how damage is noticed; a netback that mends it makes damage good data",
    sources: [Source.netif, "FreeBSD netback_unit_tests.c, xnb_add_mbuf_cksum_tcp_swcksum"],
    families: XenScript.families,
    hint: "data_validated taken for csum_blank, whose bit it has in the other ring"
  ) {
    for kind in InternetFrame.Kind.allCases {
      for flags in [0, XenSlot.Flag.validated] {
        for checksum in [0xBEEF, 0, 0xFFFF] as [UInt16] {
          let bytes = InternetFrame(kind, payload: 100).bytes(checksum: checksum)
          // The checksum of IPv4; in IPv6 another field, which is to stay as well.
          let frame = FramePattern(bytes: bytes.prefix(24) + [0xDE, 0xAD] + bytes.dropFirst(26))
          XenScript.connected("\(kind.rawValue), checksum \(checksum), flags \(flags)") {
            TransmittedPacket.passage(frame, flags: flags, arriving: frame)
          }
        }
      }
    }
  }

  static let zeroIsWrittenAsOnes = Requirement(
    "offload/zero-checksum-of-udp-is-written-as-ones",
    .must,
    "a checksum of UDP that comes out as zero is filled in as 0xFFFF",
    because:
      "zero says that there is no checksum: over IPv6 such a packet is dropped, over IPv4 nothing "
      + "protects it any more",
    sources: ["RFC 768", "RFC 8200, section 8.1", Source.netif],
    families: XenScript.families,
    hint: "the complement of the sum written as it is"
  ) {
    for kind in [InternetFrame.Kind.udp4, .udp6] {
      for payload in [2, 64, 1400] {
        let frame = InternetFrame(kind, payload: payload).summingToZero
        XenScript.connected("\(kind.rawValue), \(payload) bytes") {
          TransmittedPacket.passage(frame.blank, flags: 3, arriving: frame.complete)
          TransmittedPacket.passage(
            frame.blank,
            flags: 1,
            arriving: FramePattern(bytes: frame.bytes(checksum: 0xFFFF))
          )
        }
      }
    }
  }
}
