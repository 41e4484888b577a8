/// How long frames wait for a frontend, and how many of them.
enum ReceiveTime {
  static let all = [
    waitingIsBounded, oldFramesAreGivenUp, deadFrontendIsNoticed, silentFrontendIsNotDead,
    slowFrontendIsNotDead,
  ]

  private static let second: UInt64 = 1_000_000_000

  static let waitingIsBounded = Requirement(
    "receive-ring/what-waits-is-bounded",
    .must,
    "while a frontend posts nothing, no more than 524288 bytes and one frame wait for it; what comes "
      + "after that is not taken, and what has been is passed on when there are pages",
    because: "one guest that posts nothing makes the host run out of memory",
    sources: [Source.advisory(392), Source.netbackMeasured],
    families: XenScript.families,
    hint: "a queue that is bounded by the rate of others"
  ) {
    for length in [1514, 4096, 9014, 65_531] {
      let count = 524_288 / length + (524_288 % length == 0 ? 0 : 1)
      XenScript.connected("frames of \(length) bytes") {
        Step.repeated(count) {
          Step.send(FramePattern(length)).allowing(.length(length), .nothing)
        }
        Step.send(FramePattern(length)).allowing(.nothing)
        Guest.responses([], of: .receive)
        let slots = 256 / ReceivedSlots.count(length)
        Guest.post(256)
        Step(
          .collect(count: 1),
          allowed: [Outcome(.someFrames([FramePattern(length, count: min(count, slots))]))]
        )
        Step.send(FramePattern(length, seed: 5000))
      }
    }
  }

  static let oldFramesAreGivenUp = Requirement(
    "receive-ring/old-frames-are-given-up",
    .should,
    "a frame that has waited for pages longer than ten seconds is given up and counted, one that has "
      + "waited for less is passed on; for a frontend that does not say when it posts, less than half a "
      + "second is enough",
    because: "what is that old has been sent again long ago, and holds the host's memory",
    sources: [
      Source.netbackMeasured, "Linux drivers/net/xen-netback/rx.c, xenvif_rx_queue_drop_expired",
    ],
    families: XenScript.families,
    hint: "a time that is looked at only when a frame is sent"
  ) {
    for (name, notifies, time, isKept) in waits {
      XenScript.connected(name, changing: ["feature-rx-notify": notifies]) {
        let frame = FramePattern(1514)
        Step.send(frame)
        Step.advanceClock(time)
        Step.runLoop(turns: 2, callbacks: 0)
        Step.drops(isKept ? 0...0 : 1...1)
        Guest.post(2)
        Guest.responses(isKept ? ReceivedSlots.of(1514) : [], of: .receive)
        if isKept { Step.collect(frame) }
        ReceivedSlots.passage(FramePattern(60, seed: 6), from: isKept ? 1 : 0)
      }
    }
  }

  /// Whether a frontend notifies, how long it posts nothing, and whether a frame is there still.
  private static let waits: [(String, String?, UInt64, Bool)] = [
    ("at once", "1", 0, true), ("after 5 seconds", "1", 5 * second, true),
    ("after 11 seconds", "1", 11 * second, false), ("after a day", "1", 86_400 * second, false),
    ("without notifications, at once", nil, 0, true),
    ("without notifications, after 400 milliseconds", nil, 400_000_000, false),
    ("with notifications refused, after 400 milliseconds", "0", 400_000_000, false),
  ]

  static let deadFrontendIsNoticed = Requirement(
    "receive-ring/dead-frontend-has-no-link",
    .should,
    "a frontend that has posted too few pages for a minute has no link: frames are refused at once, "
      + "until it posts again",
    because: "frames would go on being kept for a guest that has crashed",
    sources: [
      Source.netbackMeasured, "Linux drivers/net/xen-netback/rx.c, xenvif_rx_queue_stalled",
    ],
    families: XenScript.families,
    hint: "a state that nothing ever ends"
  ) {
    for length in [60, 9014] {
      XenScript.connected("a frame of \(length) bytes") {
        let frame = FramePattern(length)
        let count = ReceivedSlots.count(length)
        if count > 1 { Guest.post(count - 1) }
        Step.advanceClock(61 * second)
        Step.runLoop(turns: 2, callbacks: 0)
        Step.send(frame)
        Step.send(frame).allowing(.error("linkDown"))
        Guest.post(1, from: count - 1)
        Guest.responses(ReceivedSlots.of(length), of: .receive)
        Step.collect(frame)
        Guest.post(1, from: count)
        ReceivedSlots.passage(FramePattern(60, seed: 6), from: count)
      }
    }
    for posted in [1, 256] {
      XenScript.connected("idle, \(posted) posted") {
        Guest.post(posted)
        Step.advanceClock(61 * second)
        Step.runLoop(turns: 2, callbacks: 0)
        ReceivedSlots.passage(FramePattern(60))
      }
    }
  }

  static let silentFrontendIsNotDead = Requirement(
    "receive-ring/frontend-without-notifications-is-not-dead",
    .should,
    "a frontend that does not say when it posts is never taken for dead",
    because: "it may post whenever it likes; the netback would never learn that it is alive",
    sources: ["Linux drivers/net/xen-netback/interface.c, stall_timeout", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the same clock for all frontends"
  ) {
    for value in [nil, "0"] as [String?] {
      XenScript.connected(
        "feature-rx-notify \(value ?? "absent")",
        changing: ["feature-rx-notify": value]
      ) {
        Step.advanceClock(61 * second)
        Step.runLoop(turns: 2, callbacks: 0)
        Step.send(FramePattern(60, seed: 1))
        Step.send(FramePattern(60, seed: 2))
        Guest.post(2)
        Guest.raise(.receive)
        Step.collect(FramePattern(60, seed: 1), FramePattern(60, seed: 2))
      }
    }
  }

  static let slowFrontendIsNotDead = Requirement(
    "receive-ring/slow-frontend-is-not-dead",
    .must,
    "a frontend that posts pages slowly, two for two frames, keeps its link however long that goes on",
    because: "a link that goes down and up under load costs more than the load",
    sources: ["Linux f48da8b14d04 and 1d5d48523900"],
    families: XenScript.families,
    hint: "a clock that is set only when there are plenty of requests"
  ) {
    for (name, half, rounds) in [("two seconds", second, 65), ("18 seconds", 9 * second, 8)] {
      XenScript.connected("pages every \(name)") {
        Step.repeated(rounds) {
          Step.send(FramePattern(60))
          Step.send(FramePattern(61))
          Step.advanceClock(half)
          Step.runLoop(callbacks: 0)
          Guest.post(2)
          Step.collect(FramePattern(60), FramePattern(61))
          Step.advanceClock(half)
        }
        Guest.indices(of: .receive, responses: 2 * rounds)
      }
    }
  }
}
