internal import Glibc
internal import NetBackend

/// What closing a backend gives back, what it waits for, and what is left afterwards.
enum Closing {
  static let all = [
    releasesEverything, isIdempotent, stopsWatchingFirst, isNotRetried, waitsForCallback,
    noCallbackAfterwards, worksInCallback, laterCallsAreRefused, reopenStartsFresh,
    leavesOthersAlone, endsInTime,
  ]

  static let releasesEverything = Requirement(
    "close/releases-everything",
    .must,
    "closing gives every descriptor back once, in whatever state the backend is",
    because: "a descriptor that stays open keeps the interface busy until the process ends",
    sources: [Source.seed(186...198), Source.seed(507...519), "Firecracker f735be33f"],
    hint: "a state in which one of the things acquired is forgotten"
  ) {
    let frame = FramePattern(60)
    for (name, steps) in [
      ("just opened", []),
      ("enabled", [.enableReceive]),
      ("disabled again", [.enableReceive, .disableReceive]),
      ("with frames waiting", [.inject(FramePattern(60, count: 5))]),
      ("with a frame peeked", [.inject(frame), .peek(frame), .enableReceive]),
      ("after traffic", Step.traffic()),
      ("with a header", [.useHeader(12)]),
      ("after a refused header", [.setFeatures([], headerLength: 11).allowing(.anyError)]),
      ("with the link down", [.enableReceive, .link(.down)]),
      ("with the interface gone", [.enableReceive, .link(.removed)]),
      (
        "with the interface gone and noticed",
        [.enableReceive, .link(.removed), .peek.allowing(.nothing, .anyError)]
      ),
    ] as [(String, [Step])] {
      Script(name) {
        Step.open()
        steps
        Step.close
        Step.ledger
      }
    }
  }

  static let isIdempotent = Requirement(
    "close/is-idempotent",
    .must,
    "a second close does nothing",
    because:
      "the number of a descriptor is soon somebody else's, whose connection then ends without "
      + "a trace",
    sources: [Source.seed(194...197), Source.seed(512...518), Source.seed(799...802)],
    hint: "a descriptor that is closed but not forgotten"
  ) {
    for times in [1, 2, 5] {
      Script("\(times) more times") {
        Step.open()
        Step.close
        Step.repeated(times) { Step.close }
        Step.ledger
      }
    }
    Script("while the number belongs to another backend") {
      Step.open()
      Step.close
      Step.open().on(1)
      Step.close
      for step in Step.traffic() { step.on(1) }
    }
  }

  static let stopsWatchingFirst = Requirement(
    "close/stops-watching-first",
    .must,
    "a descriptor is no longer watched when it is closed",
    because: "an event for the old descriptor is delivered for whatever gets its number next",
    sources: [
      Source.seed(191...197), "FreeBSD bhyve slirp_priv_cleanup", "illumos net_backend_dlpi.c",
    ],
    hint: "the descriptor is closed before its registration is cancelled"
  ) {
    for isEnabled in [false, true] {
      Script(isEnabled ? "enabled" : "disabled") {
        Step.open()
        if isEnabled { Step.enableReceive }
        Step.close
        Step.ledger
      }
    }
  }

  static let isNotRetried = Requirement(
    "close/is-not-retried",
    .must,
    "the system call that closes a descriptor is made once, even if it fails",
    because: "Linux has released the number when it says that it was interrupted; a second attempt "
      + "closes the file that another thread has just opened",
    sources: ["Linux close(2), NOTES", Source.seed(194...197)],
    families: ["tap", "netmap"],
    hint: "the loop for interrupted calls put around close as well"
  ) {
    for errno in [EINTR, EIO, ENOSPC] {
      Script("errno \(errno)") {
        Step.open()
        Step.calls("close")
        Step.fault("close", .fails(errno))
        Step.close
        Step.calls("close").allowing(Outcome(.callCount(1...1)))
      }
    }
  }

  static let waitsForCallback = Requirement(
    "close/waits-for-callback",
    .must,
    "closing returns only after a callback that is running on another thread has ended",
    because: "the caller frees what the callback still uses",
    sources: [Source.seed(186...198), Source.seed(795...803)],
    hint: "a deletion that is only put into the loop's queue"
  ) {
    for count in [1, 3] {
      Script("\(count) waiting") {
        Step.open()
        Step.whenCalledBack { Step.linger }
        Step.inject(FramePattern(60, count: count))
        Step.enableReceive
        Step.together(
          [.runLoop(callbacks: 0).allowing(.callbacks(0...9)), .close],
          [.runLoop(callbacks: 0).allowing(.callbacks(0...9)), .close]
        )
      }
    }
  }

  static let noCallbackAfterwards = Requirement(
    "close/no-callback-afterwards",
    .must,
    "no callback begins after close has returned",
    because: "the callback is given a frontend that no longer exists",
    sources: [Source.seed(191...193), Source.seed(795...803)],
    hint: "a registration that outlives the backend"
  ) {
    let frame = FramePattern(60)
    for isPeeked in [false, true] {
      Script(isPeeked ? "with a frame peeked" : "with a frame waiting") {
        Step.open()
        Step.enableReceive
        Step.inject(frame)
        if isPeeked { Step.peek(frame) }
        Step.close
        Step.runLoop(turns: 3, callbacks: 0)
        Step.enableReceive
        Step.runLoop(turns: 3, callbacks: 0)
      }
    }
  }

  static let worksInCallback = Requirement(
    "close/works-in-callback",
    .must,
    "a backend can be closed from within its own callback",
    because: "a frontend that finds its guest gone tears down at once; waiting for the callback it "
      + "is in would last for ever",
    sources: ["The contract's close", Source.seed(795...803)],
    hint: "a wait for the callback that does not ask whose callback it is"
  ) {
    Script("at the first frame") {
      Step.open()
      Step.whenCalledBack { Step.close }
      Step.inject(FramePattern(60, count: 3))
      Step.enableReceive
      Step.runLoop(callbacks: 1)
      Step.runLoop(turns: 3, callbacks: 0)
      Step.ledger
    }
    Script("after receiving") {
      Step.open()
      Step.whenCalledBack {
        Step.receive(FramePattern(60))
        Step.close
      }
      Step.inject(FramePattern(60))
      Step.enableReceive
      Step.runLoop(callbacks: 1)
      Step.ledger
    }
  }

  static let laterCallsAreRefused = Requirement(
    "close/later-calls-are-refused",
    .must,
    "a call on a closed backend fails as closed and touches no descriptor",
    because: "a late send on a number that has been given away again writes a frame into another "
      + "file",
    sources: ["The contract, rule 8", Source.seed(805...902)],
    hint: "the descriptor kept in a field and used without a look at the state"
  ) {
    let frame = FramePattern(60)
    for step in [
      .send(frame), .peek, .receive(), .discard, .offeredFeatures,
      .setFeatures([], headerLength: 0), .setFeatures([], headerLength: 12),
      .send(FramePattern(0)), .receive(into: []),
    ] as [Step] {
      for isPeeked in [false, true] {
        Script("\(step.action)\(isPeeked ? ", with a frame peeked" : "")") {
          Step.open()
          if isPeeked {
            Step.inject(frame)
            Step.peek(frame)
          }
          Step.close
          Step.calls()
          step.allowing(Outcome(.explainedError(["closed"])))
          Step.calls().allowing(Outcome(.calls([])))
          Step.ledger
        }
      }
    }
    Script("the calls without an answer") {
      Step.open()
      Step.close
      Step.calls()
      Step.enableReceive
      Step.disableReceive
      Step.enableReceive
      Step.calls().allowing(Outcome(.calls([])))
      Step.runLoop(callbacks: 0)
    }
  }

  static let reopenStartsFresh = Requirement(
    "close/reopen-starts-fresh",
    .must,
    "a backend opened again knows nothing of the one that was closed",
    because: "the guest that boots next is given a frame, a header or an interrupt that was meant "
      + "for the one before",
    sources: [
      Source.seed(240...241), Source.seed(777...781), "QEMU net/queue.c", "Firecracker PR 4826",
    ],
    hint: "a buffer or a setting kept per device instead of per backend"
  ) {
    let frame = FramePattern(60, seed: 5)
    Script("no stale frame") {
      Step.open()
      Step.inject(frame, FramePattern(1514, seed: 6))
      Step.peek(frame)
      Step.close
      Step.open()
      Step.peek
      Step.receive()
      Step.discard
      Step.traffic(seed: 7)
    }
    for length in [10, 12] {
      Script("no header of \(length) bytes") {
        Step.open()
        Step.useHeader(length)
        Step.traffic(seed: 1, header: length)
        Step.close
        Step.open()
        Step.headerLength(0)
        Step.traffic(seed: 3)
        Step.useHeader(length)
        Step.traffic(seed: 5, header: length)
      }
    }
    Script("receive disabled") {
      Step.open()
      Step.enableReceive
      Step.close
      Step.open()
      Step.inject(frame)
      Step.runLoop(turns: 3, callbacks: 0)
    }
  }

  static let leavesOthersAlone = Requirement(
    "close/leaves-others-alone",
    .must,
    "closing one backend changes nothing for another",
    because: "one virtual machine that is stopped takes the network of the others with it",
    sources: [Source.seed(186...198), "vmnet-helper issue 267"],
    hint: "the loop's registrations cancelled all at once, or by a number that has been reused"
  ) {
    for isFirst in [true, false] {
      Script("the \(isFirst ? "first" : "second") is closed") {
        Step.open()
        Step.open().on(1)
        Step.enableReceive.on(isFirst ? 1 : 0)
        Step.close.on(isFirst ? 0 : 1)
        Step.inject(FramePattern(60)).on(isFirst ? 1 : 0)
        Step.runLoop(callbacks: 1).on(isFirst ? 1 : 0)
        Step.receive(FramePattern(60)).on(isFirst ? 1 : 0)
        for step in Step.departure(seed: 2, header: 0) { step.on(isFirst ? 1 : 0) }
      }
    }
  }

  static let endsInTime = Requirement(
    "close/ends-in-time",
    .should,
    "closing returns although nobody takes the frames that were sent",
    because: "a stalled peer keeps a virtual machine from stopping",
    sources: ["vmnet-helper issue 267", "crosvm 194c5fcad"],
    hint: "a wait for what was sent to be taken"
  ) {
    for count in [1, 50] {
      Script("\(count) sent") {
        Step.open()
        Step.repeated(count) {
          Step.send(FramePattern(1514)).allowing(.length(1514), .nothing)
        }
        Step.close
      }
    }
  }
}
