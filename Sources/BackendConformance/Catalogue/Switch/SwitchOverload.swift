internal import NetBackend

/// More frames than the receiver of a VALE switch has slots for.
enum SwitchOverload {
  static let all = [
    overloadIsDroppedAtTheReceiver, chainsAreDroppedWhole, batchEndsAtWhatDoesNotFit,
  ]

  static let overloadIsDroppedAtTheReceiver = Requirement(
    "switch/overload-is-dropped-at-the-receiver",
    .must,
    "a port that does not receive costs its own frames alone: every send succeeds, the others get all, "
      + "and it keeps the oldest that it has slots for",
    because: "a guest that has stopped must not stop the guests that talk to it",
    sources: ["netmap_vale.c, netmap_vale_vp_txsync", Source.netmapMeasured],
    families: ["vale"],
    hint: "frames that found no room left in the sender's ring"
  ) {
    for (slots, count) in [(8, 7), (8, 8), (8, 100), (64, 200), (1000, 1500)] {
      Script("\(slots) slots, \(count) frames", bench: .oneSwitch(slots: slots)) {
        Step.openBoth
        Step.repeated(count) { Step.send(FramePattern(60)) }
        Step.collect(FramePattern(60, count: count))
        for number in 0..<min(count, slots - 1) {
          Step.receive(FramePattern(60, seed: 1 + number)).on(1)
        }
        Step.peek.on(1)
        Step.send(FramePattern(60, seed: 5000))
        Step.receive(FramePattern(60, seed: 5000)).on(1)
      }
    }
  }

  static let chainsAreDroppedWhole = Requirement(
    "switch/chains-are-dropped-whole",
    .must,
    "a frame that needs more slots than the receiver has left is dropped whole, and the next that fits "
      + "arrives",
    because: "the beginning of a frame in a ring is taken for a frame, or waited on for ever",
    sources: ["netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    hint: "slots filled until there are none, instead of counted before"
  ) {
    for (free, slots) in [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (3, 5), (4, 6)] {
      let long = FramePattern(2048 * slots, seed: 200)
      Script("\(slots) slots needed, \(free) free", bench: .oneSwitch(slots: 8)) {
        Step.openBoth
        Step.repeated(7 - free) { Step.send(FramePattern(60)) }
        Step.send(long)
        for number in 0..<7 - free { Step.receive(FramePattern(60, seed: 1 + number)).on(1) }
        Step.peek.on(1)
        Step.send(FramePattern(61, seed: 300))
        Step.receive(FramePattern(61, seed: 300)).on(1)
      }
    }
  }

  static let batchEndsAtWhatDoesNotFit = Requirement(
    "switch/batch-ends-at-what-does-not-fit",
    .should,
    "in one sync, what lies behind a frame that does not fit the receiver is dropped with it",
    because: "the switch stops at the first that does not fit; who counts on the rest waits for it",
    sources: [Source.netmapMeasured],
    families: ["vale"],
    hint: "slots reserved for the whole batch, and then used by what happens to fit"
  ) {
    Script("50, 51 and 52 bytes in a chain, then 60, two slots free", bench: .oneSwitch(slots: 8)) {
      let batch = FramePattern(213, seed: 10)
      Step.openBoth
      Step.repeated(5) { Step.send(FramePattern(60)) }
      Step.publish(batch, slots: [.more(50), .more(51), .last(52), .last(60)], to: .transmit)
      for number in 0..<5 { Step.receive(FramePattern(60, seed: 1 + number)).on(1) }
      Step.peek.on(1)
      Step.send(FramePattern(70, seed: 11))
      Step.receive(FramePattern(70, seed: 11)).on(1)
    }
  }
}
