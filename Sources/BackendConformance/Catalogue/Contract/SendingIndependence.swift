internal import NetBackend

/// Sending next to everything else a backend does.
enum SendingIndependence {
  static let all = [
    worksWhileReceiveIsDisabled, leavesAPeekedFrameAlone, undrainedNeighbourDoesNotMatter,
    roomIsAnnounced, nothingIsInFlightAfterTheCall,
  ]

  static let worksWhileReceiveIsDisabled = Requirement(
    "send/works-whether-receive-is-enabled-or-not",
    .must,
    "sending works alike while receive is enabled and while it is disabled",
    because:
      "a guest that has no room to receive has receive disabled for as long as it likes; its "
      + "answers must leave all the same, or both ends wait for each other",
    sources: [Source.seed(122...130)],
    hint: "one switch for the device in both directions"
  ) {
    let frames = (1...4).map { FramePattern(60, seed: $0) }
    Script("disabled, enabled, disabled again") {
      Step.open()
      Step.send(frames[0])
      Step.enableReceive
      Step.send(frames[1])
      Step.disableReceive
      Step.send(frames[2])
      Step.collect(frames[0], frames[1], frames[2])
    }
    Script("with frames waiting") {
      Step.open()
      Step.inject(frames[0], frames[1])
      Step.send(frames[2])
      Step.enableReceive
      Step.send(frames[3])
      Step.collect(frames[2], frames[3])
    }
  }

  static let leavesAPeekedFrameAlone = Requirement(
    "send/leaves-a-peeked-frame-alone",
    .must,
    "a frame that was peeked is still there, unchanged, after sending",
    because:
      "one buffer used in both directions replaces the frame that waits by the one that leaves",
    sources: [Source.seed(182...183), Source.seed(271...277)],
    hint: "the bounce buffer of receiving used to put a frame to send in one piece"
  ) {
    for length in FrameLengths.few {
      let waiting = FramePattern(length, seed: 1)
      for sent in [FramePattern(60, seed: 2), FramePattern(9014, seed: 3)] {
        Script("\(length) bytes wait, \(sent.length) leave") {
          Step.open()
          Step.inject(waiting)
          Step.peek(waiting)
          Step.send(sent, elements: Splits.even(sent.length, size: 40))
          Step.peek(waiting)
          Step.receive(waiting)
          Step.collect(sent)
        }
      }
    }
  }

  static let undrainedNeighbourDoesNotMatter = Requirement(
    "send/undrained-neighbour-does-not-matter",
    .must,
    "a backend whose far side is not drained, or whose frames nobody receives, slows no other",
    because: "one stalled guest that stops the traffic of all others on the host is an outage, and "
      + "hard to trace back to it",
    sources: ["vmnet-helper issue 267", "socket_vmnet issue 173"],
    hint: "a lock, a buffer or a retry loop that all backends of a process share"
  ) {
    let frame = FramePattern(1514)
    Script("the neighbour sends 300 frames that nobody takes") {
      Step.open()
      Step.open().on(1)
      Step.repeated(300) { Step.send(frame).on(1).allowing(.length(1514), .nothing) }
      Step.send(frame)
      Step.collect(frame)
      Step.inject(frame)
      Step.receive(frame)
    }
    Script("the neighbour leaves 1500 frames waiting") {
      Step.open()
      Step.open().on(1)
      Step.inject(FramePattern(60, count: 1500)).on(1)
      Step.send(frame)
      Step.collect(frame)
      Step.inject(frame)
      Step.receive(frame)
    }
  }

  static let roomIsAnnounced = Requirement(
    "send/room-is-announced",
    .should,
    "after a send found no room, the caller is told when there is room again",
    because:
      "a frontend that is told nothing either polls or waits for the next kick of the guest, "
      + "which may wait for the answer to the very frame that was not sent",
    sources: ["QEMU net/tap.c tap_writable", "cloud-hypervisor commit b45264af7"],
    untestable: "the contract has no callback for room to send, only one for frames received"
  )

  static let nothingIsInFlightAfterTheCall = Requirement(
    "send/nothing-is-in-flight-after-the-call",
    .should,
    "every frame has been sent or refused by the time the call returns",
    because:
      "frames in flight at close are lost without anybody knowing, or written to a descriptor "
      + "that belongs to somebody else by then",
    sources: ["openvmm issue 2821"],
    untestable: "which part of a frame is still under way inside a backend cannot be seen from "
      + "outside; what can be seen is tested by send/buffers-may-be-reused and send/keeps-the-order"
  )
}
