import BackendConformance

/// What a step costs on the simulated tap, with recording and judging.
enum StepBenchmark {
  private static let rounds = 20_000

  static func run(_ report: (String, Double, String) -> Void) {
    for length in [60, 1514] {
      report("step/sim:tap/\(length)B", step(length), "ns")
    }
  }

  private static func step(_ length: Int) -> Double {
    let frame = FramePattern(length)
    let script = Script("\(length) bytes") {
      Step.open()
      Step.repeated(rounds) {
        Step.inject(frame)
        Step.peek(frame)
        Step.receive(frame)
        Step.send(frame)
        Step.collect(frame)
      }
    }
    let runner = ScenarioRunner(SimulatedTapBench.factory(prefix: "tap"))
    let times = (0..<9).map { _ in
      Measurement.nanoseconds {
        if let finding = runner.play(script).finding { fatalError("\(finding)") }
      }
    }
    return Measurement.median(times) / Double(rounds * 5)
  }
}
