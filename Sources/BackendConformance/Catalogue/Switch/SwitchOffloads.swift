internal import NetBackend

/// What a VALE switch does for receivers that use no vnet header.
enum SwitchOffloads {
  static let all = [
    checksumIsCompleted, checksumBehindTheEndIsHarmless, largeFramesAreCut, truncatedIsDropped,
    withoutRoomNothingIsCut,
  ]

  private static let requests = [
    ChecksumRequest(start: 34, offset: 16), ChecksumRequest(start: 34, offset: 6),
    ChecksumRequest(start: 20, offset: 0), ChecksumRequest(start: 35, offset: 16, length: 61),
    ChecksumRequest(start: 54, offset: 16, length: 1514),
    ChecksumRequest(start: 34, offset: 6, length: 2036),
  ]

  static let checksumIsCompleted = Requirement(
    "switch/checksum-is-completed",
    .must,
    "a checksum that the sender leaves to others is filled in for a receiver that has no header to be "
      + "told by",
    because: "it would drop every such frame as damaged",
    sources: ["netmap_offloadings.c", Source.virtio("5.1.6.2.2"), Source.netmapMeasured],
    families: ["vale"],
    hint: "an odd last byte, or the pseudo header's sum that is in place already, left out"
  ) {
    for request in requests {
      for header in [10, 12] {
        let length = request.frame.length
        Script(
          "\(length) bytes from \(request.start), +\(request.offset), header \(header)",
          bench: .oneSwitch
        ) {
          Step.openBoth
          Step.setFeatures(.checksum, headerLength: header).orUnsupported
          Step.send(request.frame.behind(request.header, length: header))
          Step.receive(request.completed).on(1)
          Step.collect(request.completed)
        }
      }
    }
  }

  static let checksumBehindTheEndIsHarmless = Requirement(
    "switch/checksum-behind-the-end-is-harmless",
    .should,
    "a checksum that would stand behind the end of the frame is written nowhere",
    because: "the offsets are the guest's: what lies behind the frame is not",
    sources: ["CVE-2022-23087", "CVE-2019-5609", Source.netmapMeasured],
    families: ["vale"],
    hint: "offsets added without a look at the length"
  ) {
    let next = FramePattern(61, seed: 9)
    for (start, offset) in [(60, 0), (61, 0), (0xFFFF, 0xFFFF), (0xFFFF, 2), (14, 0xFFFF)] {
      let frame = FramePattern(60, seed: 8)
      Script("from \(start), +\(offset)", bench: .oneSwitch) {
        let header = VirtioNetHeader {
          $0.flags = .needsChecksum
          $0.checksumStart = UInt16(start)
          $0.checksumOffset = UInt16(offset)
        }
        Step.openBoth
        Step.setFeatures(.checksum, headerLength: 12).orUnsupported
        Step.send(frame.behind(header, length: 12)).allowing(.length(72), .anyError)
        Step.receive().allowing(.frame(frame), .nothing).on(1)
        Step.send(next.behindHeader(12))
        Step.receive(next).on(1)
      }
    }
  }

  static let largeFramesAreCut = Requirement(
    "switch/large-frames-are-cut",
    .must,
    "a frame whose segmentation the sender leaves to others reaches a receiver without headers as "
      + "frames of at most 1514 bytes, each complete in itself",
    because: "a frame as long as the guest likes passes no link behind that receiver",
    sources: ["netmap_offloadings.c, gso_fix_segment", Source.netmapMeasured],
    families: ["vale"],
    hint: "identifier, sequence number or flags of the first segment copied into all"
  ) {
    for transport in LargeFrame.Transport.allCases {
      for payload in [1, 1400, 1460, 1461, 2920, 3000, 9000, 60_000] {
        for header in [10, 12] {
          let large = LargeFrame(transport, payload: payload)
          let segments = large.segments(limit: 1514)
          Script("\(transport.rawValue), \(payload) bytes, header \(header)", bench: .oneSwitch) {
            Step.openBoth
            Step.setFeatures([.checksum, .hostTCP4, .hostTCP6, .hostUDP], headerLength: header)
              .orUnsupported
            Step.send(large.frame.behind(large.header, length: header))
            for segment in segments { Step.receive(segment).on(1) }
            Step.peek.on(1)
            Step(.collect(count: segments.count), allowed: [Outcome(.frames(segments))])
          }
        }
      }
    }
  }

  static let truncatedIsDropped = Requirement(
    "switch/truncated-large-frame-is-dropped",
    .must,
    "a frame to be cut that has not all of its headers is dropped, and the next one passes",
    because: "headers would be read from behind the frame",
    sources: ["netmap_offloadings.c", "CVE-2024-11614"],
    families: ["vale"],
    hint: "fields of the protocols' headers read before the length is looked at"
  ) {
    let next = FramePattern(61, seed: 9)
    for transport in LargeFrame.Transport.allCases {
      let large = LargeFrame(transport, payload: 100)
      for length in [14, 20, 33, large.headersLength - 1] {
        let cut = FramePattern(bytes: Array(large.frame.contents().prefix(length)))
        Script("\(transport.rawValue), \(length) bytes", bench: .oneSwitch) {
          Step.openBoth
          Step.setFeatures([.checksum, .hostTCP4, .hostTCP6, .hostUDP], headerLength: 12)
            .orUnsupported
          Step.send(cut.behind(large.header, length: 12)).allowing(.length(length + 12), .anyError)
          Step.peek.on(1)
          Step.send(next.behindHeader(12))
          Step.receive(next).on(1)
          Step.collect(next)
        }
      }
    }
  }

  static let withoutRoomNothingIsCut = Requirement(
    "switch/without-room-nothing-is-cut",
    .should,
    "a frame of whose segments the receiver has no room for all reaches it not at all",
    because: "the first segments alone make the sender wait, and send all of it again",
    sources: ["netmap_offloadings.c"],
    families: ["vale"],
    hint: "segments put into the ring one by one until it is full"
  ) {
    let large = LargeFrame(.tcp4, payload: 9000)
    for free in 0..<6 {
      Script("7 segments, \(free) free slots", bench: .oneSwitch(slots: 8)) {
        Step.openBoth
        Step.setFeatures([.checksum, .hostTCP4], headerLength: 12).orUnsupported
        Step.repeated(7 - free) { Step.send(FramePattern(60).behindHeader(12)) }
        Step.send(large.frame.behind(large.header, length: 12))
        for number in 0..<7 - free { Step.receive(FramePattern(60, seed: 1 + number)).on(1) }
        Step.peek.on(1)
      }
    }
  }
}
