/// Frames to a frontend that does not cut them itself, and room in front of data.
enum ReceiveSegments {
  static let all = [segmentsForTheOthers, headroomIsKept]

  static let segmentsForTheOthers = Requirement(
    "receive-ring/frontend-without-segmentation-gets-segments",
    .must,
    "a frame to be cut is cut for a frontend that has not said that it takes it whole, and each segment "
      + "comes as a frame of its own, without extra",
    because:
      "such a frontend takes the extra for data, or sends a packet of 60 kilobytes to a wire that "
      + "takes 1500 bytes",
    sources: [Source.netif, Source.netbackMeasured, "Linux drivers/net/xen-netback/interface.c"],
    families: XenScript.families,
    hint: "one key that decides for IPv4 and IPv6 both"
  ) {
    for (transport, keys) in ungranted {
      for length in [1600, 3054, 9054] {
        let large = large(transport, length)
        let text = keys.map { "\($0.key) \($0.value ?? "absent")" }.sorted()
        XenScript.connected(
          "\(transport.rawValue), \(length) bytes, " + text.joined(separator: ", "),
          changing: keys
        ) {
          ReceiveExtras.useSegmentation
          segments(of: large, takesChecksum: takesChecksum(transport, keys))
        }
      }
    }
  }

  /// Which frames a frontend does not take whole that has said this.
  private static let ungranted: [(LargeFrame.Transport, [String: String?])] = [
    (.tcp4, ["feature-gso-tcpv4": nil]), (.tcp4, ["feature-gso-tcpv4": "0"]),
    (.tcp6, ["feature-gso-tcpv6": nil]), (.tcp6, ["feature-gso-tcpv6": "0"]),
    (.tcp4, ["feature-sg": nil]), (.tcp6, ["feature-sg": "0"]),
    (.tcp4, ["feature-no-csum-offload": "1"]), (.tcp6, ["feature-ipv6-csum-offload": nil]),
  ]

  private static func takesChecksum(
    _ transport: LargeFrame.Transport,
    _ keys: [String: String?]
  ) -> Bool {
    keys[transport == .tcp4 ? "feature-no-csum-offload" : "feature-ipv6-csum-offload"] == nil
  }

  private static func large(_ transport: LargeFrame.Transport, _ length: Int) -> LargeFrame {
    let headers = LargeFrame(transport, payload: 0).headersLength
    return LargeFrame(transport, payload: length - headers, segmentSize: 1448)
  }

  private static func segments(of large: LargeFrame, takesChecksum: Bool) -> [Step] {
    let segments = takesChecksum ? large.blankSegments : large.segments
    let flags = takesChecksum ? ReceivedSlots.Flag.validated | ReceivedSlots.Flag.blank : 0
    let answers = segments.enumerated().map { number, segment in
      XenResponse.data(segment.length, id: number, flags: flags, offset: nil)
    }
    let collected = Step(
      .collect(count: segments.count),
      allowed: [Outcome(.frames(segments))]
    )
    return Guest.post(segments.count) + [
      Step.send(large.frame.behind(large.header, length: 12)),
      Guest.responses(answers, of: .receive), collected,
    ]
  }

  static let headroomIsKept = Requirement(
    "receive-ring/headroom-is-kept-free",
    .should,
    "a frontend that asks for room gets an extra that tells of it, and in each page so many bytes in "
      + "front of the data, which count among those that a frame needs",
    because: "a frontend that puts headers in front of a frame in its place overwrites the frame",
    sources: [
      Source.netbackMeasured, "Linux drivers/net/xen-netback/rx.c, xenvif_rx_data_slot",
    ],
    families: XenScript.families,
    hint: "room in the first page alone, or left out of the number of requests"
  ) {
    for (room, length) in [
      (256, 60), (256, 3840), (256, 3841), (256, 4096), (256, 7680), (256, 7681), (1, 4095),
      (1, 4096), (2048, 9014), (4095, 14),
    ] {
      XenScript.connected(
        "\(length) bytes, \(room) bytes of room",
        changing: ["xdp-headroom": "\(room)"]
      ) {
        let frame = FramePattern(length)
        Guest.post(ReceivedHeadroom.count(length, room))
        Step.send(frame)
        Guest.responses(
          .headroomForm,
          [
            "status": ReceivedHeadroom.inStatus(length, room),
            "offset": ReceivedHeadroom.inOffset(length, room),
            "none": ReceivedSlots.of(length),
          ],
          of: .receive
        )
        Step.collect(frame)
      }
    }
  }
}
