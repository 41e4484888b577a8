internal import NetBackend

/// The system calls with which a tap backend moves frames.
enum TapCalls {
  static let all = [
    oneWriteAFrame, peekedFrameNeedsNoRead, noBuffersIsNoEndlessLoop, linkDownIsNoFailure,
  ]

  private static let families = ["tap"]
  private static let frame = FramePattern(60)

  static let oneWriteAFrame = Requirement(
    "tap/one-write-a-frame",
    .must,
    "each frame is handed to the device in one write, of the frame and the device's header",
    because: "a tap takes each write for a frame: two writes are two frames, none of them whole",
    sources: [Source.seed(262...262), Source.linuxTap],
    families: families,
    hint: "a write for the header and another for the frame"
  ) {
    for split in [[60], [14, 46], [0, 20, 40], [1514], [9014], Splits.even(60, size: 1)] {
      let length = split.reduce(0, +)
      Script("\(length) bytes in \(Notation.list(split))") {
        Step.open()
        Step.calls()
        Step.send(FramePattern(length), elements: split)
        Step.calls("writev")
          .allowing(
            Outcome(.calls([CallPattern("writev", length + 10)])),
            Outcome(.calls([CallPattern("writev", length)]))
          )
      }
    }
  }

  static let peekedFrameNeedsNoRead = Requirement(
    "tap/peeked-frame-needs-no-read",
    .must,
    "receiving or discarding a frame that was peeked makes no system call",
    because:
      "the frame has been read already: another read takes the next one out of the device, and "
      + "one of the two is lost",
    sources: [Source.seed(301...313)],
    families: families,
    hint: "a read in front of the look at the bounce buffer"
  ) {
    for isDiscarded in [false, true] {
      for length in FrameLengths.few {
        let (a, b) = (FramePattern(length, seed: 1), FramePattern(length, seed: 2))
        Script("\(length) bytes \(isDiscarded ? "discarded" : "received")") {
          Step.open()
          Step.inject(a, b)
          Step.peek(a)
          Step.calls()
          if isDiscarded { Step.discard(a) } else { Step.receive(a) }
          Step.calls("readv", "writev").allowing(Outcome(.calls([])))
          Step.receive(b)
        }
      }
    }
  }

  static let noBuffersIsNoEndlessLoop = Requirement(
    "tap/no-buffers-is-no-endless-loop",
    .must,
    "a device that is out of buffers is asked a bounded number of times for one frame, also if it "
      + "stays so",
    because:
      "a backend that retries until it succeeds holds its thread, and with it every other flow, "
      + "for as long as one peer is stalled",
    sources: [
      "vmnet-helper issue 267", "gvisor-tap-vsock issue 370", "FreeBSD if_tuntap: ENOBUFS",
    ],
    families: families,
    hint: "a retry without a limit around ENOBUFS or EAGAIN"
  ) {
    for errno in [ErrorNumber.noBuffers, ErrorNumber.again] {
      Script("errno \(errno) for ever") {
        Step.open()
        Step.calls()
        Step.fault("writev", times: 1_000_000, .fails(errno))
        Step.send(frame).allowing(.nothing, .error("dropped"))
        Step.calls("writev").allowing(Outcome(.callCount(1...16)))
      }
      for call in [Step.receive(), Step.peek, Step.discard] where errno == ErrorNumber.again {
        Script("errno \(errno) for ever, \(call.action)") {
          Step.open()
          Step.calls()
          Step.fault("readv", times: 1_000_000, .fails(errno))
          call
          Step.calls("readv").allowing(Outcome(.callCount(1...16)))
        }
      }
    }
  }

  static let linkDownIsNoFailure = Requirement(
    "tap/read-while-the-link-is-down-is-no-failure",
    .should,
    "a read that says that the link is down is nothing waiting, or an error that says so",
    because:
      "the other end of a link may come and go; a device that is reset each time drops what it "
      + "could keep",
    sources: ["FreeBSD if_tuntap tunread: EHOSTDOWN", Source.linuxTap],
    families: families,
    hint: "every errno but EAGAIN treated as the end of the device"
  ) {
    for (name, step) in [
      ("receive", Step.receive()), ("peek", Step.peek), ("discard", Step.discard),
    ] {
      Script(name) {
        Step.open()
        Step.fault("readv", times: 2, .fails(ErrorNumber.hostDown))
        step.allowing(.nothing, .error("linkDown"))
        step.allowing(.nothing, .error("linkDown"))
        Step.inject(frame)
        Step.receive(frame)
      }
    }
  }
}
