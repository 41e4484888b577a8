/// Taps that do on their own, when time passes, what nobody asked for.
enum TimeMutants {
  static let all = [
    Mutant(
      tap: "tap.calls-back-in-case",
      breaks: "time/calls-nobody-back",
      observed: "1 callback",
      backend: CallsBackInCase.self
    ),
    Mutant(
      tap: "tap.drops-old-frames",
      breaks: "time/keeps-the-peeked-frame",
      observed: "1514 bytes",
      backend: DropsOldFrames.self
    ),
    Mutant(
      tap: "tap.tries-again-by-timer",
      breaks: "time/sends-nothing",
      observed: "1 frame: 60 bytes",
      backend: TriesAgainByTimer.self
    ),
    Mutant(
      tap: "tap.timer-outlives-close",
      breaks: "time/ends-with-close",
      observed: "a callback began while the backend was not open",
      backend: TimerOutlivesClose.self
    ),
  ]
}
