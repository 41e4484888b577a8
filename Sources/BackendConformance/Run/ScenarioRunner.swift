/// Plays the cases of requirements on one backend, each on a fresh bench.
public final class ScenarioRunner {
  /// The longest a step may take, in milliseconds, before it counts as hung.
  public static let stepLimit = 10_000

  private let factory: TestbenchFactory
  private let profile: Profile
  private let stepLimit: Int
  private let shouldStop: @Sendable () -> Bool
  private var worker = Worker()

  /// Prepares to play on the benches of a factory.
  ///
  /// - Parameter shouldStop: Whether to stop; asked now and then, also while a step is played.
  public init(
    _ factory: TestbenchFactory,
    profile: Profile = .strict,
    stepLimit: Int = stepLimit,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.factory = factory
    self.profile = profile
    self.stepLimit = stepLimit
    self.shouldStop = shouldStop
  }

  deinit { worker.end() }

  /// Plays the cases of a requirement until one fails.
  public func run(_ requirement: Requirement) -> PlayedScenario {
    run(factory.scripts(of: requirement), of: requirement)
  }

  /// Plays these cases of a requirement until one fails.
  public func run(_ scripts: [Script], of requirement: Requirement) -> PlayedScenario {
    let start = MonotonicClock.now
    let tally = play(scripts)
    let result = ScenarioResult(
      requirement: requirement,
      backend: factory.name,
      judgement: tally.judgement,
      casesPlayed: tally.played,
      casesUnsupported: tally.unsupported,
      nanoseconds: MonotonicClock.now - start
    )
    return PlayedScenario(
      result: result,
      cases: tally.cases,
      suiteFault: tally.suiteFault,
      wasStopped: tally.wasStopped
    )
  }

  /// Plays one script on a fresh bench.
  public func play(_ script: Script) -> PlayedCase { play([script]).cases[0] }

  private func play(_ scripts: [Script]) -> CaseTally {
    let series = CaseSeries(scripts, on: factory, profile: profile, stepLimit: stepLimit)
    // A thread that does not return is given up; it keeps its bench.
    while !worker.run(series.play, isOverdue: { series.givesUp(&$0, isStopping: shouldStop()) }) {
      worker.end()
      worker = Worker()
    }
    return series.tally
  }
}
