internal import NetBackend

/// The receive callback: when it comes, and when it does not.
enum Events {
  static let all = [
    noneWhileDisabled, lastCallWins, waitingFrameIsAnnounced, peekedFrameIsAnnounced,
    everyFrameIsAnnounced, frameIsAnnouncedAtOnce, oneReadinessIsOneCallback,
    ownerMayAskWhileDisabled, eachBackendHearsItsOwn, sleepsWhileDisabled,
  ]

  private static let tap = BenchOptions(families: ["tap"])
  private static let frame = FramePattern(60)

  static let noneWhileDisabled = Requirement(
    "events/none-while-disabled",
    .must,
    "after disable has returned no callback begins until receive is enabled again",
    because:
      "the frontend resets or frees what the callback uses; one slirp backend enabled where it "
      + "was to disable, and guests crashed on reset",
    sources: [Source.seed(122...129), Source.seed(331...337), "slirp backend 22720726"],
    hint: "disable that is queued and takes effect at the next event"
  ) {
    for isAnnounced in [false, true] {
      for count in [1, 20] {
        Script("\(count) frames\(isAnnounced ? ", after a callback" : "")") {
          Step.open()
          Step.enableReceive
          if isAnnounced {
            Step.inject(frame)
            Step.awaitCallbacks()
            Step.discard(frame)
          }
          Step.disableReceive
          Step.inject(FramePattern(60, count: count))
          Step.runLoop(turns: 3, callbacks: 0)
          Step.runLoop(turns: 3, callbacks: 0)
        }
      }
    }
    Script("with the frame waiting before") {
      Step.open()
      Step.enableReceive
      Step.inject(frame)
      Step.disableReceive
      Step.runLoop(turns: 3, callbacks: 0)
      Step.receive(frame)
      Step.runLoop(turns: 3, callbacks: 0)
    }
    Script("with the frame peeked before") {
      Step.open()
      Step.enableReceive
      Step.inject(frame)
      Step.peek(frame)
      Step.disableReceive
      Step.runLoop(turns: 3, callbacks: 0)
      Step.peek(frame)
      Step.runLoop(turns: 3, callbacks: 0)
    }
  }

  static let lastCallWins = Requirement(
    "events/last-call-wins",
    .must,
    "enable and disable may be called twice, and the last call counts, however fast they follow, also "
      + "right after opening",
    because:
      "bhyve's event loop lost an enable that came before the registration had been processed: "
      + "the guest received nothing until it was reset",
    sources: ["FreeBSD PR 241808, D22286", "propolis commit c29c9bb8"],
    hint: "a counter in place of a state, or changes queued that overtake each other"
  ) {
    for seed in 1...16 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed)
      let toggles = (0..<(2 + Int(seed))).map { _ in Bool.random(using: &generator) }
      let isEnabled = toggles.last ?? false
      let name = toggles.map { $0 ? "e" : "d" }.joined()
      Script("\(name), seed \(seed)") {
        Step.open()
        for toggle in toggles { toggle ? Step.enableReceive : Step.disableReceive }
        Step.inject(frame)
        if isEnabled { Step.awaitCallbacks() } else { Step.runLoop(turns: 3, callbacks: 0) }
        Step.receive(frame)
        for toggle in toggles { toggle ? Step.enableReceive : Step.disableReceive }
        Step.runLoop(turns: 2, callbacks: 0)
      }
    }
    Script("enabled five times, disabled once") {
      Step.open()
      for _ in 0..<5 { Step.enableReceive }
      Step.disableReceive
      Step.inject(frame)
      Step.runLoop(turns: 3, callbacks: 0)
    }
    Script("disabled five times, enabled once") {
      Step.open()
      for _ in 0..<5 { Step.disableReceive }
      Step.enableReceive
      Step.inject(frame)
      Step.awaitCallbacks()
    }
  }

  static let waitingFrameIsAnnounced = Requirement(
    "events/waiting-frame-is-announced",
    .must,
    "enabling receive with a frame waiting leads to a callback, without another frame",
    because:
      "an event for the edge alone is gone by then: the frame, say the only answer to a request, "
      + "waits for the next one, which waits for an acknowledgement of it",
    sources: [
      "kqueue(2) EVFILT_READ: a level", "cloud-hypervisor issue 2275", "Firecracker issue 293",
    ],
    hint: "edge-triggered readiness, or readiness only looked at when the descriptor is added"
  ) {
    for count in [1, 3] {
      Script("\(count) frames before the first enable") {
        Step.open()
        Step.inject(FramePattern(60, count: count))
        Step.enableReceive
        Step.awaitCallbacks()
      }
      Script("\(count) frames while disabled") {
        Step.open()
        Step.enableReceive
        Step.runLoop(turns: 2, callbacks: 0)
        Step.disableReceive
        Step.inject(FramePattern(60, count: count))
        Step.runLoop(turns: 2, callbacks: 0)
        Step.enableReceive
        Step.awaitCallbacks()
      }
      Script("\(count) frames, announced before but not received") {
        Step.open()
        Step.enableReceive
        Step.inject(FramePattern(60, count: count))
        Step.awaitCallbacks()
        Step.disableReceive
        Step.runLoop(turns: 2, callbacks: 0)
        Step.enableReceive
        Step.awaitCallbacks()
      }
    }
  }

  static let peekedFrameIsAnnounced = Requirement(
    "events/peeked-frame-is-announced",
    .must,
    "enabling receive with a frame waiting that was peeked already leads to a callback",
    because:
      "the frontend peeks, finds no buffers and disables; when buffers come it enables and waits "
      + "for a callback: the frame is no longer in the device, whose descriptor is not readable",
    sources: [
      Source.seed(271...289), Source.seed(323...337), "Firecracker commit 5ec78648b (PR 293)",
      "Firecracker commit 009ec859f (issue 1754)",
    ],
    hint: "enable that only arms the descriptor, while the frame is in a bounce buffer"
  ) {
    for length in FrameLengths.few {
      let frame = FramePattern(length)
      Script("\(length) bytes, peeked, disabled, enabled") {
        Step.open()
        Step.inject(frame)
        Step.peek(frame)
        Step.disableReceive
        Step.enableReceive
        Step.awaitCallbacks()
        Step.receive(frame)
        Step.runLoop(turns: 2, callbacks: 0)
      }
      Script("\(length) bytes, peeked while enabled") {
        Step.open()
        Step.enableReceive
        Step.inject(frame)
        Step.peek(frame)
        Step.awaitCallbacks()
        Step.receive(frame)
      }
    }
    Script("disabled in the callback that peeked it") {
      Step.open()
      Step.whenCalledBack {
        Step.peek(frame)
        Step.disableReceive
      }
      Step.enableReceive
      Step.inject(frame)
      Step.awaitCallbacks()
      Step.runLoop(turns: 2, callbacks: 0)
      Step.enableReceive
      Step.awaitCallbacks()
    }
    Script("after too little room") {
      Step.open()
      Step.inject(frame)
      Step.receive(into: [59])
        .allowing(.noSpace(required: 60).labelled("kept"))
      Step.peek.allowing(.length(60).labelled("kept"), .nothing.labelled("dropped"))
        .choosing("the frame is")
      Step.enableReceive
      Step.runLoop(callbacks: 1)
        .allowing(.callbacks(1).labelled("kept"), .callbacks(0).labelled("dropped"))
        .choosing("the frame is")
    }
  }

  static let everyFrameIsAnnounced = Requirement(
    "events/every-frame-is-announced",
    .must,
    "as long as frames wait and receive is enabled callbacks go on, one frame taken in each or none",
    because:
      "a frontend with room for few frames takes those and comes back; if nothing tells it about "
      + "the rest, they stay until new traffic comes",
    sources: ["Firecracker PR 293", "kqueue(2) EVFILT_READ: a level"],
    hint: "edge-triggered readiness without reading until the device would block"
  ) {
    for count in [1, 3, 20] {
      Script("\(count) frames, one in each callback") {
        Step.open()
        Step.whenCalledBack { Step.discard.allowing(.length(60)) }
        Step.enableReceive
        Step.inject(FramePattern(60, count: count))
        Step.awaitCallbacks(count)
        Step.runLoop(turns: 2, callbacks: 0)
      }
      Script("\(count) frames, none taken at first") {
        Step.open()
        Step.enableReceive
        Step.inject(FramePattern(60, count: count))
        Step.awaitCallbacks(3)
        Step.whenCalledBack { Step.discard.allowing(.length(60)) }
        Step.awaitCallbacks(count)
        Step.runLoop(turns: 2, callbacks: 0)
      }
    }
  }

  static let frameIsAnnouncedAtOnce = Requirement(
    "events/frame-is-announced-at-once",
    .should,
    "a frame is announced by the event that it causes, in the same turn of the loop",
    because: "a backend that looks now and then adds its interval to each round trip",
    sources: ["es40 issue 187"],
    hint: "a timer in place of readiness"
  ) {
    for length in FrameLengths.few {
      Script("\(length) bytes") {
        Step.open()
        Step.enableReceive
        for seed in 1...3 {
          Step.inject(FramePattern(length, seed: seed))
          Step.runLoop(turns: 1, callbacks: 1)
          Step.receive(FramePattern(length, seed: seed))
          Step.runLoop(turns: 1, callbacks: 0)
        }
      }
    }
  }

  static let oneReadinessIsOneCallback = Requirement(
    "events/one-readiness-is-one-callback",
    .must,
    "one turn of the loop makes at most one callback, however many frames wait, and none with nothing "
      + "waiting",
    because:
      "illumos handled each event twice; a backend that calls back until nothing waits never "
      + "returns to the loop while frames keep coming",
    sources: ["illumos issue 12897", "QEMU net/tap.c: at most 50 packets a turn"],
    hint: "a loop around the callback, or a callback on enable in addition to the event"
  ) {
    for count in [1, 3, 50] {
      Script("\(count) frames") {
        Step.open()
        Step.enableReceive
        Step.runLoop(turns: 2, callbacks: 0)
        Step.inject(FramePattern(60, count: count))
        Step.runLoop(turns: 1, callbacks: 1).allowing(.callbacks(0...1))
        Step.runLoop(turns: 4, callbacks: 4).allowing(.callbacks(0...4))
        Step.repeated(count) { Step.discard.allowing(.length(60)) }
        Step.runLoop(turns: 4, callbacks: 0)
      }
      Script("\(count) frames, waiting before enable") {
        Step.open()
        Step.inject(FramePattern(60, count: count))
        Step.enableReceive
        Step.runLoop(turns: 1, callbacks: 1).allowing(.callbacks(0...1))
      }
    }
  }

  static let ownerMayAskWhileDisabled = Requirement(
    "events/owner-may-ask-while-disabled",
    .must,
    "while receive is disabled peek, receive and discard work, and bring no callback",
    because:
      "a frontend that polls for a while disables callbacks to do so; disabling is about the "
      + "callback alone",
    sources: [Source.seed(122...129)],
    hint: "a look at the switch in front of each read"
  ) {
    for length in FrameLengths.few {
      let frame = FramePattern(length)
      for isEverEnabled in [false, true] {
        Script("\(length) bytes, \(isEverEnabled ? "enabled before" : "never enabled")") {
          Step.open()
          if isEverEnabled {
            Step.enableReceive
            Step.disableReceive
          }
          Step.inject(frame, frame, frame)
          Step.peek(frame)
          Step.receive(frame)
          Step.receive(frame)
          Step.discard(frame)
          Step.peek
          Step.runLoop(turns: 2, callbacks: 0)
        }
      }
    }
  }

  static let eachBackendHearsItsOwn = Requirement(
    "events/each-backend-hears-its-own",
    .must,
    "of two backends each calls back for its own frames alone",
    because:
      "the callback is told which device it is for; a mix-up looks for frames where there are "
      + "none and leaves those of the other device",
    sources: [Source.seed(243...243), Source.seed(498...498)],
    hint: "the callback kept in a place that all backends of a kind share"
  ) {
    for (first, second) in [(0, 1), (1, 0)] {
      Script("a frame for backend \(first), then for backend \(second)") {
        Step.open()
        Step.open().on(1)
        Step.enableReceive
        Step.enableReceive.on(1)
        Step.inject(frame).on(first)
        Step.awaitCallbacks().on(first)
        Step.runLoop(callbacks: 0).on(second)
        Step.receive(frame).on(first)
        Step.runLoop(turns: 2, callbacks: 0).on(second)
        Step.inject(frame).on(second)
        Step.awaitCallbacks().on(second)
      }
    }
    Script("one disabled, the other enabled") {
      Step.open()
      Step.open().on(1)
      Step.enableReceive
      Step.enableReceive.on(1)
      Step.disableReceive
      Step.inject(frame).on(0)
      Step.inject(frame).on(1)
      Step.awaitCallbacks().on(1)
      Step.runLoop(turns: 2, callbacks: 0)
    }
  }

  static let sleepsWhileDisabled = Requirement(
    "events/sleeps-while-disabled",
    .should,
    "while receive is disabled with frames waiting, events make the backend do nothing",
    because:
      "a descriptor that stays registered is readable all the time: the loop turns at full load "
      + "for as long as the guest has no buffers",
    sources: [
      "crosvm commit 28a9d2b70", "cloud-hypervisor issue 208", "Firecracker issue 1157",
    ],
    hint: "the callback left out, but the registration left on"
  ) {
    for count in [1, 20] {
      Script("\(count) frames", bench: tap) {
        Step.open()
        Step.enableReceive
        Step.disableReceive
        Step.inject(FramePattern(60, count: count))
        Step.calls()
        Step.runLoop(turns: 10, callbacks: 0)
        Step.calls("readv", "writev").allowing(Outcome(.calls([])))
      }
    }
  }
}
