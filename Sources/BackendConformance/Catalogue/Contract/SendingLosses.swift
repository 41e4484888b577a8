internal import NetBackend

/// Sending when the device does not take the frame.
enum SendingLosses {
  static let all = [
    refusedFrameIsNotReportedAsSent, lackOfRoomIsNoError, lackOfRoomPasses,
    interruptedWriteIsRepeated, partialWriteIsALoss, frameAfterALossIsWhole,
    orderSurvivesLosses, dropsAreCounted,
  ]

  private static let tap = BenchOptions(families: ["tap"])
  private static let netmap = BenchOptions(families: ["netmap"])
  private static let ring = RingBench.with(slots: 8)
  private static let next = FramePattern(60, seed: 9)

  /// What writing a frame can fail with for good.
  private static let lasting: [Int32] = [
    ErrorNumber.permission, ErrorNumber.io, ErrorNumber.noDeviceOrAddress,
    ErrorNumber.badDescriptor,
    ErrorNumber.outOfMemory, ErrorNumber.noDevice, ErrorNumber.invalid, ErrorNumber.tooBig,
    ErrorNumber.messageTooLong,
    ErrorNumber.hostDown, ErrorNumber.badState,
  ]

  static let refusedFrameIsNotReportedAsSent = Requirement(
    "send/refused-frame-is-not-reported-as-sent",
    .must,
    "a frame that the device did not take is never reported as sent",
    because:
      "bhyve returns the whole length for a frame that it dropped half-way; nothing counts it, "
      + "and the guest's statistics say that all is well",
    sources: [Source.seed(536...538), Source.seed(573...580), Source.seed(598...598)],
    hint: "the length counted while copying returned also on the way out through an error"
  ) {
    for errno in lasting {
      refusal(errno, split: [60], allowed: [.anyError])
      refusal(errno, split: [14, 46], allowed: [.anyError])
      refusal(errno, call: "NIOCTXSYNC", split: [60], allowed: [.anyError])
    }
    for errno in [ErrorNumber.again, ErrorNumber.noBuffers] {
      refusal(errno, split: [60], allowed: [.nothing, .error("dropped")])
      refusal(errno, call: "NIOCTXSYNC", split: [60], allowed: [.anyError])
    }
    for (free, split) in [(0, [60]), (2, [2048, 2048, 2048]), (2, [5000]), (1, [2049])] {
      Script("a ring with \(free) free slots, elements \(split)", bench: ring) {
        Step.open()
        Step.place(.transmit, head: 0, tail: free)
        // A kernel that takes nothing back.
        Step.fault("NIOCTXSYNC", times: 100, .returns(0))
        Step.send(FramePattern(split.reduce(0, +)), elements: split)
          .allowing(.nothing, .error("dropped"))
        Step.collect()
      }
    }
  }

  private static func refusal(
    _ errno: Int32,
    call: String = "writev",
    split: [Int],
    allowed: [Outcome]
  ) -> Script {
    let isTap = call == "writev"
    let name = "errno \(errno), elements \(split)" + (isTap ? "" : ", \(call)")
    return Script(name, bench: isTap ? tap : netmap) {
      Step.open()
      Step.fault(call, .fails(errno))
      Step(.send(FramePattern(60), elements: split), allowed: allowed)
      Step.collect()
    }
  }

  static let lackOfRoomIsNoError = Requirement(
    "send/lack-of-room-is-no-error",
    .must,
    "a device that would block makes send return nothing, and does not make it throw or wait",
    because:
      "a frontend drops the frame or resets the device on an error, and keeps the frame if there "
      + "is only no room now",
    sources: ["gvisor-tap-vsock issue 367", "QEMU net/tap.c tap_write_packet"],
    hint: "EAGAIN treated like any other errno, or a loop around it"
  ) {
    for times in [1, 2, 100] {
      Script("\(times) times EAGAIN", bench: tap) {
        Step.open()
        Step.fault("writev", times: times, .fails(ErrorNumber.again))
        Step.repeated(times) { Step.send(FramePattern(60)).allowing(.nothing) }
      }
      Script("\(times) times a full ring", bench: ring.slow) {
        Step.open()
        Step.fill(8)
        Step.repeated(times) { Step.send(FramePattern(60)).allowing(.nothing) }
      }
    }
  }

  static let lackOfRoomPasses = Requirement(
    "send/lack-of-room-passes",
    .must,
    "after any number of sends without room the next one for which there is room succeeds",
    because: "a queue that was full once and is never used again is a network that fails until the "
      + "guest is restarted",
    sources: ["cloud-hypervisor issue 2807", "gvisor-tap-vsock issue 367", "libkrun issue 555"],
    hint: "a flag for a full queue that only an event clears which never comes"
  ) {
    for errno in [ErrorNumber.again, ErrorNumber.noBuffers] {
      for times in [1, 3, 100] {
        Script("\(times) times errno \(errno)", bench: tap) {
          Step.open()
          Step.fault("writev", times: times, .fails(errno))
          Step.repeated(times) {
            Step.send(FramePattern(60)).allowing(.nothing, .error("dropped"))
          }
          Step.send(next)
          Step.collect(next)
        }
      }
    }
    for times in [1, 3, 100] {
      Script("\(times) times a full ring", bench: ring.slow) {
        Step.open()
        Step.fill(8)
        Step.repeated(times) { Step.send(FramePattern(60)).allowing(.nothing, .error("dropped")) }
        Step.limitTransmit(nil)
        Step.sendOnceThereIsRoom(next, after: Step.filling(8))
      }
    }
  }

  static let interruptedWriteIsRepeated = Requirement(
    "send/interrupted-write-is-repeated",
    .must,
    "a write that a signal interrupted is made again, and the frame leaves once",
    because:
      "signals come at any time in a monitor that kicks its processors with them; frames lost "
      + "to them look like a bad network",
    sources: [Source.seed(262...262), "QEMU net/tap.c: the retry around writev"],
    hint: "EINTR treated like any other errno"
  ) {
    for times in [1, 2, 5, 50] {
      Script("\(times) times EINTR", bench: tap) {
        Step.open()
        Step.fault("writev", times: times, .fails(ErrorNumber.interrupted))
        Step.send(FramePattern(60), elements: [14, 46])
        Step.collect(FramePattern(60))
      }
    }
  }

  static let partialWriteIsALoss = Requirement(
    "send/partial-write-is-a-loss",
    .must,
    "a write that took only a part of the frame, or nothing of it, is a loss; the rest is not sent "
      + "as a frame of its own",
    because:
      "each write is one frame: what is written after a part begins in the middle of the frame "
      + "and goes to whatever address happens to stand there",
    sources: [
      Source.seed(262...262), "cloud-hypervisor commit 02ea83983",
      "FreeBSD if_tuntap: nothing is taken while the interface is down",
    ],
    hint: "a loop that writes until all bytes have been written, as for a stream"
  ) {
    for written in [0, 1, 9, 10, 13, 14, 59, 60, 69] {
      Script("\(written) of 70 bytes written", bench: tap) {
        Step.open()
        Step.calls()
        Step.fault("writev", .returns(written))
        Step.send(FramePattern(60)).allowing(.nothing, .error("dropped", "linkDown"))
        Step.calls("writev").allowing(Outcome(.callCount(1...1)))
        Step.collect()
        Step.send(next)
        Step.collect(next)
      }
    }
  }

  static let frameAfterALossIsWhole = Requirement(
    "send/frame-after-a-loss-is-whole",
    .must,
    "the frame after one that was lost arrives whole, alone and unchanged",
    because:
      "what is left of the lost frame, in a ring or a buffer, gets in front of the next one or "
      + "marks it as a part of something longer",
    sources: [Source.seed(570...580), "netmap commit 7590e673"],
    hint: "the list or the buffer of the failed call not cleared"
  ) {
    for errno in lasting + [ErrorNumber.again, ErrorNumber.noBuffers] {
      Script("errno \(errno)", bench: tap) {
        Step.open()
        Step.fault("writev", .fails(errno))
        Step.send(FramePattern(9014), elements: [14, 4000, 5000]).allowing(.nothing, .anyError)
        Step.send(next)
        Step.collect(next)
      }
      Script("errno \(errno), NIOCTXSYNC", bench: netmap) {
        Step.open()
        Step.fault("NIOCTXSYNC", .fails(errno))
        Step.send(FramePattern(9014), elements: [14, 4000, 5000]).allowing(.anyError)
        Step.send(next)
        Step.collect(next)
      }
    }
  }

  static let orderSurvivesLosses = Requirement(
    "send/order-survives-losses",
    .must,
    "what arrives of a run of frames, some of which found no room, is in the order it was sent in",
    because: "a backend that keeps refused frames for later, but lets new ones pass them, reorders "
      + "exactly when the link is busiest",
    sources: ["QEMU net/queue.c", "netmap(4): slots move forward only"],
    hint: "a queue of frames to try again that a send does not look at"
  ) {
    for seed in 1...6 as ClosedRange<UInt64> { lossyRun(seed) }
  }

  private static func lossyRun(_ seed: UInt64) -> Script {
    var generator = SeededGenerator(seed)
    let frames = (1...100).map { FramePattern(60, seed: $0) }
    let isLost = frames.map { _ in Int.random(in: 0..<4, using: &generator) == 0 }
    let kept = zip(frames, isLost).filter { !$0.1 }.map(\.0)
    return Script("100 frames, seed \(seed)", bench: tap) {
      Step.open()
      for (frame, isLost) in zip(frames, isLost) {
        if isLost { Step.fault("writev", .fails(ErrorNumber.again)) }
        Step.send(frame).allowing(isLost ? .nothing : .length(60))
      }
      Step(.collect(count: kept.count), allowed: [Outcome(.frames(kept))])
    }
  }

  static let dropsAreCounted = Requirement(
    "send/drops-are-counted",
    .should,
    "a backend that counts drops counts each frame that it lost, once, and none that it did not take",
    because:
      "counters are what an operator looks at; a loss that is in none of them is looked for in "
      + "the guest, the switch and the wire",
    sources: ["Firecracker tx metrics", "openvmm issue 2821"],
    hint: "a counter that is raised on one of the ways out only"
  ) {
    for (errno, range) in [
      (ErrorNumber.io, 3...3), (ErrorNumber.invalid, 3...3), (ErrorNumber.badState, 3...3),
      (ErrorNumber.again, 0...3), (ErrorNumber.noBuffers, 0...3), (ErrorNumber.interrupted, 0...0),
    ] as [(Int32, ClosedRange<UInt64>)] {
      Script("three times errno \(errno)", bench: tap) {
        Step.open()
        Step.drops(0...0)
        Step.fault("writev", times: 3, .fails(errno))
        Step.repeated(3) {
          Step.send(FramePattern(60)).allowing(.nothing, .anyError, .length(60))
        }
        Step.drops(range)
      }
    }
    Script("a partial write", bench: tap) {
      Step.open()
      Step.fault("writev", .returns(20))
      Step.send(FramePattern(60)).allowing(.anyError)
      Step.drops(1...1)
    }
    for errno in [ErrorNumber.io, ErrorNumber.noDeviceOrAddress] {
      Script("three times errno \(errno), NIOCTXSYNC", bench: netmap) {
        Step.open()
        Step.fault("NIOCTXSYNC", times: 3, .fails(errno))
        Step.repeated(3) { Step.send(FramePattern(60)).allowing(.anyError) }
        Step.drops(3...3)
      }
    }
    Script("three times no room in the ring", bench: ring.slow) {
      Step.open()
      Step.fill(8)
      Step.repeated(3) { Step.send(FramePattern(60)).allowing(.nothing, .error("dropped")) }
      Step.drops(0...3)
    }
  }

}
