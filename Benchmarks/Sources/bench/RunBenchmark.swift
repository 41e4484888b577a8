import CBaseline

/// The command as a whole: how long a run takes, and how much memory.
struct RunBenchmark {
  /// The path of the command.
  let command: String

  func run(_ report: (String, Double, String) -> Void) {
    measure("run/sim:all", "run --backend sim:all", report)
    measure("run/tap0", "run --backend tap0", report)
    measure("list", "list", report)
  }

  private func measure(
    _ name: String,
    _ arguments: String,
    _ report: (String, Double, String) -> Void
  ) {
    let runs = (0..<7).map { _ in usage(arguments) }
    guard runs.allSatisfy({ $0.status == 0 }) else { return report("\(name)/status", 1, "failure") }
    let milliseconds = runs.map { Double($0.nanoseconds) / 1_000_000 }
    report("\(name)/time", Measurement.median(milliseconds), "ms")
    report("\(name)/memory", Measurement.median(runs.map { Double($0.peak_memory) / 1024 }), "MiB")
  }

  private func usage(_ arguments: String) -> baseline_usage {
    var usage = baseline_usage(nanoseconds: 0, peak_memory: 0, status: -1)
    let result = unsafe baseline_run(command, arguments, &usage)
    if result < 0 { usage.status = -1 }
    return usage
  }
}
