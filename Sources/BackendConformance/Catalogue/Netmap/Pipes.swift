/// Two backends at the ends of a pipe.
enum Pipes {
  static let all = [slowReceiver, chainsArriveWhole, eitherEndIsAnnounced]

  /// The names of the two ends, and the bench that has the port they belong to.
  private static let ends = [
    ("netmap:card0{3", "netmap:card0}3", RingBench.slow),
    ("vale7:x{1", "vale7:x}1", RingBench.families),
  ]

  private static func bench(_ families: [String], slots: Int = 8) -> BenchOptions {
    var bench = RingBench.with(slots: slots, bufferSize: 64)
    bench.families = families
    return bench
  }

  static let slowReceiver = Requirement(
    "pipe/slow-receiver-holds-the-sender",
    .must,
    "what the other end of a pipe has not taken stays in the ring, further frames are refused, and none "
      + "of those that were accepted is lost",
    because:
      "a pipe is how programs pass frames on without loss: there is no queue behind it that could "
      + "overflow instead",
    sources: ["netmap utils/tests/008", "netmap_pipe.c netmap_pipe_txsync"],
    families: RingBench.families,
    hint: "a refused frame reported as sent"
  ) {
    for (master, slave, families) in ends {
      for (sender, receiver) in [(0, 1), (1, 0)] {
        for slots in [2, 3, 8] {
          Script(
            "\(master), \(slots) slots, sent by \(sender)",
            bench: bench(families, slots: slots)
          ) {
            Step.open(master)
            Step.open(slave).on(1)
            for round in 1...3 {
              let frames = (1..<slots).map { FramePattern(60, seed: 10 * round + $0) }
              for frame in frames { Step.send(frame).on(sender) }
              Step.repeated(3) {
                Step.send(FramePattern(60, seed: 99)).on(sender)
                  .allowing(.nothing, .error("dropped"))
              }
              for frame in frames { Step.receive(frame).on(receiver) }
              // Gives the slots back.
              Step.receive().on(receiver)
            }
          }
        }
      }
    }
  }

  static let chainsArriveWhole = Requirement(
    "pipe/chains-arrive-whole",
    .must,
    "a frame in several slots arrives at the other end as one frame, or not at all",
    because: "a pipe hands over slots, not frames: what is missing in one is missing in the other",
    sources: ["netmap_pipe.c netmap_pipe_txsync", "netmap 89607e1 on Linux, measured"],
    families: RingBench.families,
    hint: "slots published one by one"
  ) {
    for (master, slave, families) in ends {
      for count in [1, 2, 3, 7] {
        for (sender, receiver) in [(0, 1), (1, 0)] {
          let frame = FramePattern(count * 64)
          Script("\(master), \(count) slots, sent by \(sender)", bench: bench(families)) {
            Step.open(master)
            Step.open(slave).on(1)
            Step.repeated(5) {
              Step.send(frame).on(sender)
              Step.peek(frame).on(receiver)
              Step.receive(frame).on(receiver)
              Step.receive().on(receiver)
            }
          }
        }
      }
      Script("\(master), a chain that does not fit is not begun", bench: bench(families)) {
        Step.open(master)
        Step.open(slave).on(1)
        for seed in 1...6 { Step.send(FramePattern(60, seed: seed)) }
        Step.send(FramePattern(180)).allowing(.nothing, .error("dropped"))
        for seed in 1...6 { Step.receive(FramePattern(60, seed: seed)).on(1) }
        Step.receive().on(1)
        Step.send(FramePattern(180, seed: 9))
        Step.receive(FramePattern(180, seed: 9)).on(1)
      }
    }
  }

  static let eitherEndIsAnnounced = Requirement(
    "pipe/either-end-is-announced",
    .must,
    "a frame that is sent into one end of a pipe leads to a callback at the other",
    because:
      "whoever relies on the other end's loop to look at the ring waits until it has a reason of "
      + "its own to turn",
    sources: ["netmap_pipe.c netmap_pipe_txsync", Source.seed(595...596)],
    families: RingBench.families,
    hint: "the sync after a send left out"
  ) {
    for (master, slave, families) in ends {
      for (sender, receiver) in [(0, 1), (1, 0)] {
        Script("\(master), sent by \(sender)", bench: bench(families)) {
          Step.open(master)
          Step.open(slave).on(1)
          Step.enableReceive.on(receiver)
          for seed in 1...3 {
            Step.runLoop(callbacks: 0).on(receiver)
            Step.send(FramePattern(60, seed: seed)).on(sender)
            Step.awaitCallbacks().on(receiver)
            Step.receive(FramePattern(60, seed: seed)).on(receiver)
          }
        }
      }
    }
  }
}
