internal import NetBackend

/// The vnet header: its lengths, and those of the frames behind it.
enum Headers {
  static let all =
    [onlyThreeLengths, reportedIsInUse] + HeaderChanges.all + [
      shortSendIsRefused, HeaderFields.receivedBytesAreWritten, mayBeSplit, roomIncludesHeader,
      peekIncludesHeader,
    ] + HeaderFields.ofSingleFields

  private static let unusual: [Int] =
    Array(0...20) + [24, 32, 64, 255, 256, 266, 268, 1024, 4096, 65_536, 65_546, 65_548]
    + [-1, -2, -10, -12, -65_526, 1 << 32, (1 << 32) + 10, (1 << 32) + 12, .max, .min]

  static let onlyThreeLengths = Requirement(
    "header/only-three-lengths",
    .must,
    "a header of any other length than 0, 10 or 12 bytes is refused and changes nothing",
    because: "a length cut to fewer bits on its way to the kernel becomes a legal one, and the two "
      + "sides disagree about where each frame begins",
    sources: [
      Source.seed(821...824), Source.virtio("5.1.6"), "netmap PORT_HDR_SET", Source.linuxTap,
    ],
    hint: "the kernel is left to refuse, which takes any length from 10 on; or a narrow integer"
  ) {
    for old in [0, 12] {
      for length in unusual {
        Script("\(length) after \(old)") {
          Step.open()
          Step.useHeader(old)
          if VirtioNetHeader.lengths.contains(length) {
            Step.useHeader(length)
            Step.headerLength(length)
            Step.traffic(seed: 1, header: length)
          } else {
            Step.setFeatures([], headerLength: length)
              .allowing(Outcome(.explainedError(["unsupportedHeaderLength"])))
            Step.headerLength(old)
            Step.traffic(seed: 1, header: old)
          }
        }
      }
    }
  }

  static let reportedIsInUse = Requirement(
    "header/reported-is-in-use",
    .must,
    "the header length that is reported stands in front of every frame, in both directions",
    because: "a frontend that skips too few or too many bytes finds no EtherType where it looks",
    sources: [Source.seed(897...902), Source.virtio("5.1.6"), "CHERIBSD issue 468"],
    hint: "a header taken off in one direction alone"
  ) {
    for header in VirtioNetHeader.lengths {
      for length in [14, 60, 61, 1514] {
        Script("header \(header), \(length) bytes") {
          Step.open()
          Step.useHeader(header)
          Step.headerLength(header)
          Step.arrival(seed: 1, header: header, length: length)
          Step.departure(seed: 2, header: header, length: length)
          Step.headerLength(header)
        }
      }
    }
  }

  static let shortSendIsRefused = Requirement(
    "header/short-send-is-refused",
    .must,
    "a send of fewer bytes than the header, or of the header alone, is refused",
    because:
      "the length of the frame is computed by subtraction and wraps to four thousand million",
    sources: ["Firecracker 8432212e8", "cloud-hypervisor 559faa272", Source.linuxTap],
    hint: "an unsigned subtraction before the comparison"
  ) {
    for header in [10, 12] {
      for length in 0...header {
        for isSplit in [false, true] where length > 1 || !isSplit {
          Script("header \(header), \(length) bytes\(isSplit ? " in two elements" : "")") {
            Step.open()
            Step.useHeader(header)
            Step.send(
              FramePattern(bytes: Array(repeating: 0, count: length)),
              elements: isSplit ? [1, length - 1] : []
            )
            .allowing(Outcome(.explainedError(["frameTooShort", "emptyFrame"])))
            Step.collect()
            Step.traffic(seed: 1, header: header)
          }
        }
      }
    }
  }

  static let mayBeSplit = Requirement(
    "header/may-be-split",
    .must,
    "the caller's buffers may begin and end anywhere in the header",
    because: "guests put the header in a buffer of its own, or in front of the frame, or neither",
    sources: [Source.virtio("2.6.4"), Source.seed(544...585), Source.linuxTap],
    hint: "the header is looked for in the first buffer alone"
  ) {
    for header in [10, 12] {
      for cut in 0...(header + 14) {
        let frame = FramePattern(60)
        let whole = frame.behindHeader(header)
        Script("header \(header), cut after \(cut)") {
          Step.open()
          Step.useHeader(header)
          Step.send(whole, elements: [cut, whole.totalLength - cut])
          Step.collect(frame)
          Step.inject(frame)
          Step.receive(frame, header: header, into: [UInt(cut), UInt(whole.totalLength - cut)])
        }
      }
      Script("header \(header), byte by byte") {
        let frame = FramePattern(60)
        Step.open()
        Step.useHeader(header)
        Step.send(
          frame.behindHeader(header),
          elements: Array(repeating: 1, count: header) + [60]
        )
        Step.collect(frame)
        Step.inject(frame)
        Step.receive(frame, header: header, into: Array(repeating: 1, count: header + 60))
      }
    }
  }

  static let roomIncludesHeader = Requirement(
    "header/room-includes-header",
    .must,
    "the room that a frame needs includes its header",
    because: "a buffer that holds the frame but not the header loses the frame's last bytes",
    sources: ["openvmm issue 3119", "The contract, rule 1", Source.seed(105...119)],
    hint: "the length of the frame compared with the room of header and frame"
  ) {
    for header in [10, 12] {
      for (length, rooms) in [
        (60, [0, 1, header - 1, header, header + 1, 60, 60 + header - 1]),
        (1514, [1514, 1514 + header - 1]),
      ] {
        for room in rooms {
          for isPeeked in [false, true] {
            let frame = FramePattern(length)
            Script("header \(header), \(length) into \(room)\(isPeeked ? ", peeked" : "")") {
              Step.open()
              Step.useHeader(header)
              Step.inject(frame)
              if isPeeked { Step.peek(frame.behindHeader(header)) }
              Step.receive(into: [UInt(room)]).allowing(.noSpace(required: length + header))
            }
          }
        }
        Script("header \(header), \(length) into exactly enough") {
          Step.open()
          Step.useHeader(header)
          Step.arrival(seed: 1, header: header, length: length)
        }
      }
    }
  }

  static let peekIncludesHeader = Requirement(
    "header/peek-includes-header",
    .must,
    "the lengths of peek and discard include the header",
    because: "a frontend gathers buffers for the length it is told, and is short of them by the "
      + "header",
    sources: ["The contract, rule 1", Source.seed(105...110), Source.seed(601...619)],
    hint: "FIONREAD, which counts the frame alone"
  ) {
    for header in VirtioNetHeader.lengths {
      for length in [14, 60, 1514] {
        let frame = FramePattern(length)
        Script("header \(header), \(length) bytes") {
          Step.open()
          Step.useHeader(header)
          Step.inject(FramePattern(length, count: 3))
          Step.peek(frame.behindHeader(header))
          Step.discard(frame.behindHeader(header))
          Step.discard(frame.behindHeader(header))
          Step.peek(frame.behindHeader(header))
        }
      }
    }
  }
}
