internal import NetBackend

/// The vnet header: its lengths, what stands in it, and what happens when it changes.
enum Headers {
  static let all = [
    onlyThreeLengths, reportedIsInUse, changesTakeEffectAtOnce, heldFrameIsNotMisread,
    waitingFramesAreNotMisread, shortSendIsRefused, receivedBytesAreWritten, mayBeSplit,
    roomIncludesHeader, peekIncludesHeader, bufferCountIsOne, bufferCountIsIgnored,
    unusedFieldsAreIgnored,
  ]

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

  static let changesTakeEffectAtOnce = Requirement(
    "header/changes-take-effect-at-once",
    .must,
    "a new header length holds from the next frame on",
    because: "the first frames after a driver's reset are its address requests; losing them costs "
      + "seconds",
    sources: [
      Source.seed(813...833), "netmap ctrl-api-test, vale_ephemeral_port_hdr_manipulation",
    ],
    hint: "a length kept in two places, of which one is updated later"
  ) {
    for lengths in [
      [12, 0, 10, 12], [10, 0, 12, 10], [12, 10, 12, 10], [10, 12, 0, 0, 12], [12, 12, 0, 12],
    ] {
      Script(lengths.map(String.init).joined(separator: ", ")) {
        Step.open()
        Step.traffic(seed: 1)
        for (index, length) in lengths.enumerated() {
          Step.useHeader(length)
          Step.headerLength(length)
          Step.traffic(seed: 10 * (index + 1), header: length)
        }
      }
    }
  }

  /// What may become of a frame that was read under one header and is asked for under another.
  private static func held(_ frame: FramePattern, _ old: Int, _ new: Int) -> [Outcome] {
    frame.forms(header: new).map { Outcome(.frame($0), label: "delivered") }
      + frame.forms(header: old).map { Outcome(.frame($0), label: "delivered") }
      + [.nothing.labelled("dropped")]
  }

  static let heldFrameIsNotMisread = Requirement(
    "header/held-frame-is-not-misread",
    .must,
    "a frame that was peeked before the header changed is delivered whole once, or dropped and "
      + "counted",
    because:
      "a header of one form is read as the other, and two bytes of it become the beginning of "
      + "the frame",
    sources: ["The contract, rule 4", "Firecracker PR 4826"],
    hint: "a bounce buffer that does not know under which header it was filled"
  ) {
    for (old, new) in [(0, 10), (0, 12), (10, 12), (12, 10), (12, 0), (10, 0)] {
      let frame = FramePattern(60, seed: 30)
      Script("\(old) to \(new)") {
        Step.open()
        Step.useHeader(old)
        Step.inject(frame)
        Step.peek(frame.behindHeader(old))
        Step.setFeatures([], headerLength: new).orUnsupported
        Step.receive().allowing(any: held(frame, old, new)).choosing("the held frame is")
        Step(
          .drops,
          allowed: [
            Outcome(.drops(0...0), label: "delivered"), Outcome(.drops(1...1), label: "dropped"),
          ],
          choice: "the held frame is"
        )
        Step.peek
        Step.traffic(seed: 40, header: new)
      }
    }
  }

  static let waitingFramesAreNotMisread = Requirement(
    "header/waiting-frames-are-not-misread",
    .must,
    "frames that wait on the device while the header changes are delivered in the form in use; from "
      + "memory that is shared with the device, where they lie in the old form, they may be dropped "
      + "and counted instead",
    because: "frames arrive at any moment, also between two settings",
    sources: ["The contract, rules 1 and 4", Source.seed(416...436)],
    hint: "frames that are read ahead"
  ) {
    for (old, new) in [(0, 10), (0, 12), (10, 12), (12, 10), (12, 0), (10, 0)] {
      let frames = [FramePattern(60, seed: 30), FramePattern(61, seed: 31)]
      Script("\(old) to \(new)", bench: BenchOptions(families: ["tap"])) {
        waiting(frames, old, new)
        for frame in frames { Step.receive(frame, header: new) }
      }
      Script("\(old) to \(new), in shared memory", bench: BenchOptions(families: ["netmap"])) {
        waiting(frames, old, new)
        for frame in frames {
          Step.receive()
            .allowing(any: waiting(frame, new))
            .choosing("the waiting frames are")
        }
        Step(
          .drops,
          allowed: [
            Outcome(.drops(0...0), label: "delivered"), Outcome(.drops(2...2), label: "dropped"),
          ],
          choice: "the waiting frames are"
        )
        Step.traffic(seed: 40, header: new)
      }
    }
  }

  /// What may become of a frame that lies in memory in another form than the one in use.
  private static func waiting(_ frame: FramePattern, _ new: Int) -> [Outcome] {
    frame.forms(header: new).map { Outcome(.frame($0), label: "delivered") }
      + [.nothing.labelled("dropped")]
  }

  @StepBuilder
  private static func waiting(_ frames: [FramePattern], _ old: Int, _ new: Int) -> [Step] {
    Step.open()
    Step.useHeader(old)
    Step(.inject(frames), allowed: [.done])
    Step.setFeatures([], headerLength: new).orUnsupported
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

  static let receivedBytesAreWritten = Requirement(
    "header/received-bytes-are-written",
    .must,
    "every byte of a received header is written: zeros if nothing was offloaded, and a buffer count "
      + "of 0 or 1",
    because: "what the caller's memory held before is taken for flags, and a guest completes "
      + "checksums that were complete",
    sources: [Source.virtio("5.1.6.4"), "Linux tun series 51b2483b, number of buffers"],
    hint: "the kernel writes 10 of the 12 bytes"
  ) {
    for header in [10, 12] {
      for length in [14, 60, 1514] {
        for isPeeked in [false, true] {
          for rooms in [[], [1, header - 1], [header], [header - 1, 1], [header + 1]] {
            let frame = FramePattern(length)
            let rest = header + length - rooms.reduce(0, +)
            Script("header \(header), \(length) bytes into \(rooms)\(isPeeked ? ", peeked" : "")") {
              Step.open()
              Step.useHeader(header)
              Step.inject(frame)
              if isPeeked { Step.peek(frame.behindHeader(header)) }
              Step.receive(frame, header: header, into: (rooms + [rest]).map { UInt($0) })
            }
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

  static let bufferCountIsOne = Requirement(
    "header/buffer-count-is-one",
    .should,
    "a received header of 12 bytes says that the frame lies in one buffer",
    because: "a driver that reads 0 waits for a buffer that never comes, or drops the frame",
    sources: [Source.virtio("5.1.6.4.1"), "Linux tun series 51b2483b, number of buffers"],
    hint: "the kernel leaves the field zero, and so does the backend"
  ) {
    for length in [14, 60, 1514] {
      for isPeeked in [false, true] {
        let frame = FramePattern(length)
        Script("\(length) bytes\(isPeeked ? ", peeked" : "")") {
          Step.open()
          Step.useHeader(12)
          Step.inject(frame)
          if isPeeked { Step.peek(frame.behindHeader(12)) }
          Step.receive(frame.behindHeader(12, bufferCount: 1))
        }
      }
    }
  }

  static let bufferCountIsIgnored = Requirement(
    "header/buffer-count-is-ignored",
    .must,
    "the buffer count of a frame that is sent is ignored",
    because: "drivers leave the field as they find it",
    sources: [Source.virtio("5.1.6.2")],
    hint: "a header compared with zeros"
  ) {
    for count in [0, 1, 2, 0xFF, 0xFFFF] as [UInt16] {
      Script("\(count)") {
        Step.open()
        Step.useHeader(12)
        Step.send(FramePattern(60).behindHeader(12, bufferCount: count))
        Step.collect(FramePattern(60))
      }
    }
  }

  static let unusedFieldsAreIgnored = Requirement(
    "header/unused-fields-are-ignored",
    .must,
    "fields that the flags of a sent header do not call for, and unknown flags, change nothing",
    because: "a checksum is written into the middle of a frame that never asked for one",
    sources: [Source.virtio("5.1.6.2"), Source.linuxTap],
    hint: "the checksum fields used without a look at the flag"
  ) {
    for header in [10, 12] {
      for (name, change) in [
        ("checksum start", { $0.checksumStart = 20 }),
        ("checksum start and offset", { ($0.checksumStart, $0.checksumOffset) = (34, 16) }),
        ("checksum beyond the end", { ($0.checksumStart, $0.checksumOffset) = (65_535, 65_535) }),
        ("segment size", { $0.segmentSize = 1448 }),
        ("flag 0x80", { $0.flags = VirtioNetHeader.Flags(rawValue: 0x80) }),
        ("flag 0x78", { $0.flags = VirtioNetHeader.Flags(rawValue: 0x78) }),
      ] as [(String, (inout VirtioNetHeader) -> Void)] {
        Script("header \(header), \(name)") {
          let fields = {
            var fields = VirtioNetHeader()
            change(&fields)
            return fields
          }()
          Step.open()
          Step.useHeader(header)
          Step.send(FramePattern(60).behind(fields, length: header))
          Step.collect(FramePattern(60))
        }
      }
    }
  }
}
