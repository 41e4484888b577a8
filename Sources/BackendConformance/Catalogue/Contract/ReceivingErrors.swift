internal import NetBackend

/// Receiving when the device fails, ends, or hands over what is no frame.
enum ReceivingErrors {
  static let all = [
    wouldBlockIsNothing, interruptedReadIsRepeated, failedReadIsReported, backendWorksAfterwards,
    endOfFileIsNoSilence, shortFrameBlocksNoOther, longestFramesAreReceived, tooLongIsNeverCut,
    tooLongIsCounted,
  ]

  private static let tap = BenchOptions(families: ["tap"])
  private static let netmap = BenchOptions(families: ["netmap"])
  private static let frame = FramePattern(60)

  /// The three calls that take a frame or look at it, with what they see of nothing, by name.
  private static let calls: [(name: String, step: Step)] = [
    ("receive", Step.receive()), ("peek", Step.peek), ("discard", Step.discard),
  ]

  static let wouldBlockIsNothing = Requirement(
    "receive/would-block-is-nothing",
    .must,
    "a device that would block has nothing waiting: no call that receives throws or waits then",
    because:
      "readiness can be stale by the time of the read; an error there, or a wait, stops a link "
      + "that works",
    sources: [Source.seed(285...287), Source.seed(316...318), "slirp backend c7b33132"],
    hint: "one of EAGAIN and EWOULDBLOCK compared with, on a system where they differ"
  ) {
    for (name, step) in calls {
      for times in [1, 20] {
        Script("\(name), \(times) times EAGAIN", bench: tap) {
          Step.open()
          Step.inject(frame)
          Step.fault("readv", times: times, .fails(ErrorNumber.again))
          Step.repeated(times) { step }
          Step.receive(frame)
        }
      }
    }
  }

  static let interruptedReadIsRepeated = Requirement(
    "receive/interrupted-read-is-repeated",
    .must,
    "a read that a signal interrupted is made again, and the frame is received",
    because: "signals come at any time in a monitor that kicks its processors with them; an error "
      + "there resets a device that works",
    sources: [Source.seed(284...292), Source.seed(315...320)],
    hint: "EINTR treated like any other errno"
  ) {
    for times in [1, 2, 50] {
      for (name, step) in [
        ("receive", Step.receive(frame)), ("peek", Step.peek(frame)),
        ("discard", Step.discard(frame)),
      ] {
        Script("\(name), \(times) times EINTR", bench: tap) {
          Step.open()
          Step.inject(frame)
          Step.fault("readv", times: times, .fails(ErrorNumber.interrupted))
          step
        }
      }
    }
  }

  private static let failures: [Int32] = [
    ErrorNumber.io, ErrorNumber.outOfMemory, ErrorNumber.fault, ErrorNumber.invalid,
    ErrorNumber.noBuffers, ErrorNumber.permission, ErrorNumber.messageTooLong,
  ]

  private static let deviceGone: [Int32] = [
    ErrorNumber.noDeviceOrAddress, ErrorNumber.noDevice, ErrorNumber.badState,
    ErrorNumber.badDescriptor,
  ]

  static let failedReadIsReported = Requirement(
    "receive/failed-read-is-reported",
    .must,
    "a read that failed is reported as an error, and not as nothing waiting or as a frame",
    because: "a device that fails each read looks like a quiet network otherwise, for hours",
    sources: [Source.seed(284...292), Source.seed(315...320), Source.seed(861...865)],
    hint: "every negative result taken for would-block"
  ) {
    for errno in failures + deviceGone {
      for (name, step) in calls {
        Script("\(name), errno \(errno)", bench: tap) {
          Step.open()
          Step.inject(frame)
          Step.fault("readv", .fails(errno))
          step.allowing(Outcome(.explainedError([])))
        }
        Script("\(name), errno \(errno), NIOCRXSYNC", bench: netmap) {
          Step.open()
          Step.inject(frame)
          Step.fault("NIOCRXSYNC", .fails(errno))
          step.allowing(Outcome(.explainedError([])))
        }
      }
    }
  }

  static let backendWorksAfterwards = Requirement(
    "receive/backend-works-after-a-failed-read",
    .must,
    "after a read that failed, frames that come are announced and received as before",
    because: "one failure under memory pressure that ends a guest's network for good is found out "
      + "long after, and blamed on the guest",
    sources: [Source.seed(284...320), "FreeBSD if_tuntap tunread: EHOSTDOWN"],
    hint: "a state of error that nothing leaves again"
  ) {
    for errno in failures + deviceGone + [ErrorNumber.hostDown] {
      for (name, step) in calls {
        Script("\(name), errno \(errno)", bench: tap) { failing("readv", errno, step) }
        Script("\(name), errno \(errno), NIOCRXSYNC", bench: netmap) {
          failing("NIOCRXSYNC", errno, step)
        }
      }
    }
  }

  /// Two failures in a row, and what works then.
  private static func failing(_ call: String, _ errno: Int32, _ step: Step) -> [Step] {
    [
      .open(), .enableReceive, .fault(call, times: 2, .fails(errno)),
      step.allowing(.anyError, .nothing), step.allowing(.anyError, .nothing), .inject(frame),
      .peek(frame), .awaitCallbacks(), .receive(frame), .receive(), .send(frame), .collect(frame),
    ]
  }

  static let endOfFileIsNoSilence = Requirement(
    "receive/end-of-file-is-reported",
    .must,
    "a read that returns 0 is reported as the end of the device, and not as nothing or a frame",
    because:
      "a readable descriptor that never gives anything keeps the event loop spinning at full "
      + "load, with no message that says why",
    sources: [Source.seed(284...292), "crosvm commit 0b050c96f"],
    hint: "0 returned as a length, or taken for would-block"
  ) {
    for (name, step) in calls {
      Script(name, bench: tap) {
        Step.open()
        Step.fault("readv", times: 3, .returns(0))
        Step.repeated(3) { step.allowing(.error("disconnected")) }
        Step.inject(frame)
        Step.receive(frame)
      }
    }
  }

  static let shortFrameBlocksNoOther = Requirement(
    "receive/short-frame-blocks-no-other",
    .must,
    "a frame shorter than an Ethernet header, be it without any byte, keeps no other from being "
      + "received, and is not nothing",
    because:
      "bhyve's netmap backend never moves past an empty slot: peek says 0, the frontend stops, "
      + "and all that comes later is stuck behind it",
    sources: [Source.seed(601...618), Source.seed(662...683), "netmap issue 802"],
    hint: "0 used both for \"nothing\" and for the length of a frame"
  ) {
    for length in 0...13 {
      let short = FramePattern(length, seed: 3)
      for (name, step) in calls {
        Script("\(length) bytes, \(name) first", bench: tap) {
          Step.open()
          Step.fault("readv", .finds(short))
          Step.inject(frame)
          shortFirst(step, short)
        }
      }
    }
  }

  /// Gets to the frame behind a short one: the short one is delivered, refused or passed over.
  @StepBuilder
  private static func shortFirst(_ step: Step, _ short: FramePattern) -> [Step] {
    let choice = "the short frame is"
    switch step.action {
    case .peek:
      step
        .allowing(
          .length(short.length).labelled("kept"),
          .length(60).labelled("gone"),
          .anyError.labelled("gone")
        )
        .choosing(choice)
      Step.receive()
        .allowing(.frame(short).labelled("kept"), .frame(frame).labelled("gone"))
        .choosing(choice)
    case .discard:
      step.allowing(.length(short.length), .anyError)
    default:
      step.allowing(.frame(short), .anyError, .frame(frame))
    }
    Step.receive().allowing(.frame(frame), .nothing)
    Step.inject(FramePattern(1514))
    Step.receive(FramePattern(1514))
  }

  static let longestFramesAreReceived = Requirement(
    "receive/longest-frames-are-received",
    .must,
    "the longest legal frames, a packet of 65535 bytes behind an Ethernet header and a VLAN tag, are "
      + "received whole",
    because:
      "frames that the host did not segment come this long; bhyve's buffer of 65536 bytes cuts "
      + "the largest of them without a sign",
    sources: [Source.seed(182...182), Source.seed(874...874), "bhyve VTNET_MAX_PKT_LEN"],
    hint: "1 << 16 as the size of the buffer"
  ) {
    for length in FrameLengths.longest {
      let long = FramePattern(length)
      for isPeeked in [false, true] {
        Script("\(length) bytes\(isPeeked ? ", peeked" : "")", bench: tap) {
          Step.open()
          Step.fault("readv", .finds(long))
          if isPeeked { Step.peek(long) }
          Step.receive(long, into: [65_664])
          Step.receive()
        }
      }
      for split in [[14, 70_000], [65_000, UInt(length) - 65_000]] as [[UInt]] {
        Script("\(length) bytes into \(split)", bench: tap) {
          Step.open()
          Step.fault("readv", .finds(long))
          Step.receive(long, into: split)
        }
      }
    }
  }

  private static let tooLong = [65_600, 65_664, 65_665, 65_666, 70_000, 131_072, 200_000]

  static let tooLongIsNeverCut = Requirement(
    "receive/too-long-frame-is-never-cut",
    .must,
    "a frame longer than a buffer of the backend is received whole or not at all, and the next one "
      + "is received",
    because: "a kernel throws away what does not fit a read and says nothing: the cut frame looks "
      + "like any other",
    sources: [Source.seed(284...284), "illumos net_backend_dlpi.c: only logged", Source.linuxTap],
    hint: "a read into exactly as much room as the longest frame needs, so that more is not noticed"
  ) {
    for length in tooLong {
      let long = FramePattern(length)
      for (name, isPeeked) in [("received", false), ("peeked and received", true)] {
        Script("\(length) bytes, \(name)", bench: tap) {
          Step.open()
          Step.fault("readv", .finds(long))
          Step.inject(frame)
          if isPeeked { Step.peek.allowing(.length(length), .length(60), .anyError) }
          Step.receive(into: [250_000]).allowing(.frame(long), .anyError, .frame(frame))
          Step.receive(into: [250_000]).allowing(.frame(frame), .nothing)
          Step.inject(FramePattern(1514))
          Step.receive(FramePattern(1514))
        }
      }
      Script("\(length) bytes, discarded", bench: tap) {
        Step.open()
        Step.fault("readv", .finds(long))
        Step.inject(frame)
        Step.discard.allowing(.lengthAtLeast(min(length, 65_535)), .anyError)
        Step.receive(frame)
      }
    }
  }

  static let tooLongIsCounted = Requirement(
    "receive/too-long-frame-is-counted",
    .must,
    "a frame that was too long and is lost is an error or counted as a drop",
    because: "a loss without a trace is looked for everywhere but in the backend",
    sources: ["illumos net_backend_dlpi.c", "Firecracker rx metrics"],
    hint: "the too long frame skipped in a loop until one fits"
  ) {
    for length in [70_000, 131_072] {
      Script("\(length) bytes", bench: tap) {
        Step.open()
        Step.fault("readv", .finds(FramePattern(length)))
        Step.inject(frame)
        Step.receive(into: [250_000])
          .allowing(
            .frame(FramePattern(length)).labelled("received"),
            .anyError.labelled("lost"),
            .frame(frame).labelled("lost")
          )
          .choosing("the long frame is")
        Step.drops(0...0)
          .allowing(
            Outcome(.drops(0...0), label: "received"),
            Outcome(.drops(1...1), label: "lost")
          )
          .choosing("the long frame is")
      }
    }
  }
}

extension Outcome {
  /// A length in bytes that is not below another.
  static func lengthAtLeast(_ length: Int) -> Outcome { Outcome(.lengthIn(length...Int.max)) }
}
