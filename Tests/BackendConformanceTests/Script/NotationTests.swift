import BackendConformance
import NetBackend
import Testing

@Suite("Notation")
struct NotationTests {
  @Test(
    "An action is described in the notation of scripts",
    arguments: [
      (Step.receive(into: [60, 60]), "receive(into: [60, 60])"),
      (.peek, "peek"),
      (.open("tap0", descriptor: .tun), #"open("tap0", descriptor: tun)"#),
      (.open(), "open"),
      (.send(FramePattern(1514), elements: [60]), "send(1514 bytes, elements: [60])"),
      (.inject(FramePattern(60, count: 3), FramePattern(64)), "inject(3 × 60 bytes then 64 bytes)"),
      (.setFeatures(.checksum, headerLength: 12), "setFeatures([CSUM], headerLength: 12)"),
      (.fault("writev", after: 2, .fails(11)), "fault(writev fails with errno 11, after: 2)"),
      (.peek.on(1), "peek on backend 1"),
      (.whenCalledBack { Step.peek }, "whenCalledBack { peek }"),
      (.together([.peek], [.close]), "together { peek } and { close }"),
      (.repeated(3) { Step.discard }, "repeated(3) { discard }"),
      (.calls(), "calls"),
    ]
  )
  func action(step: Step, text: String) {
    #expect(step.description == text)
  }

  @Test(
    "What is allowed is described, alternatives joined by or",
    arguments: [
      ([Outcome.noSpace(required: 1514)], "error noSpace(required: 1514)"),
      ([.nothing, .anyError], "nothing or an error"),
      ([.error("busy", "closed").labelled("late")], "error busy or closed [late]"),
      ([.callbacks(1...Int.max)], "at least 1 callback"),
      ([.callbacks(0...2)], "0 to 2 callbacks"),
      ([.noFrames], "no frames"),
      ([.frame(FramePattern(60, seed: 7))], "frame of 60 bytes, seed 7"),
      (
        [Outcome(.calls([CallPattern("writev", 60), CallPattern("close")]))],
        "calls writev(60), close"
      ),
    ]
  )
  func allowed(outcomes: [Outcome], text: String) {
    #expect(outcomes.alternatives == text)
  }

  @Test(
    "An observation is described in the same notation",
    arguments: [
      (Observation.length(120), "120 bytes, no error"),
      (.frame(FrameSummary([1])), "1 byte, no error"),
      (.frames([]), "no frames"),
      (.ledger(LedgerSummary()), "descriptors: none open"),
      (
        .error(BackendError(.busy, call: "TUNSETIFF", subject: "tap0", errno: 16)),
        "error busy (tap0: TUNSETIFF, errno 16)"
      ),
      (.calls([CallSummary(name: "writev", argument: 60, result: -11)]), "calls writev(60) = -11"),
    ]
  )
  func observation(observation: Observation, text: String) {
    #expect(observation.description == text)
  }
}
