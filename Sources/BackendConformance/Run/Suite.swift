/// A run: which scenarios are played on which backends, and under which profile.
public struct Suite {
  /// A requirement that was selected, and whether it was then to be skipped.
  public struct Selected: Sendable {
    /// The requirement.
    public var requirement: Requirement
    /// Whether it is counted as skipped and not played.
    public var isSkipped: Bool

    /// Creates an entry.
    public init(_ requirement: Requirement, isSkipped: Bool = false) {
      self.requirement = requirement
      self.isSkipped = isSkipped
    }
  }

  /// What came of a run.
  public struct Outcome: Sendable {
    /// The verdicts, counted.
    public var summary = Summary()
    /// What went wrong with the suite itself.
    public var suiteFaults: [String] = []
    /// Whether the run was stopped before its end.
    public var wasStopped = false
    /// The results that failed, with the case that decided each.
    public var failures: [PlayedScenario] = []
  }

  /// The scenarios, in the order they are played.
  public var selected: [Selected]
  /// The backends, each of which plays all scenarios that are for its family.
  public var factories: [TestbenchFactory]
  /// The expectations in force.
  public var profile: Profile
  /// Changes a result before it is counted, as a list of known failures does.
  public var adjust: (ScenarioResult) -> ScenarioResult = { $0 }
  /// Plays other scripts than the requirement's own; `nil` for its own.
  public var scripts: @Sendable (Requirement) -> [Script]? = { _ in nil }
  /// Whether the run is to stop; asked before each scenario and while one is played.
  ///
  /// A scenario that is stopped has no verdict.
  public var shouldStop: @Sendable () -> Bool = { false }
  /// Saves what a failure leaves behind, and returns where.
  public var saveEvidence: (PlayedScenario) -> String? = { _ in nil }
  /// The number of scenarios that are played at once where the benches of all backends share nothing;
  /// anywhere else it is one.
  public var threads = 1

  /// Creates a run.
  public init(
    selected: [Selected],
    factories: [TestbenchFactory],
    profile: Profile = .strict
  ) {
    self.selected = selected
    self.factories = factories
    self.profile = profile
  }

  /// Plays all scenarios on all backends.
  ///
  /// - Parameter emit: Takes each event as it happens, but for those that begin and end the run. The
  ///   order is that of the run, however many scenarios are played at once.
  public func run(emit: (Event.Kind) -> Void) -> Outcome {
    var outcome = Outcome()
    let plays = plays
    let isShared = factories.contains { !$0.sharesNothing }
    let threads = isShared ? 1 : min(threads, plays.count)
    let player = player
    let ahead = threads > 1 ? PlayingAhead(plays, threads: threads, start: player) : nil
    defer { ahead?.end() }
    let playNow = ahead == nil ? player() : nil
    for (number, play) in plays.enumerated() {
      outcome.wasStopped = outcome.wasStopped || shouldStop()
      guard !outcome.wasStopped else { return outcome }
      emit(.scenarioStart(play.entry.requirement, backend: play.factory.name))
      guard let scenario = playNow?(play) ?? ahead?.take(number) else { return outcome }
      conclude(scenario, &outcome, emit)
    }
    return outcome
  }

  /// A scenario that is to be played on a backend.
  struct Play: Sendable {
    let factory: TestbenchFactory
    let entry: Selected
  }

  /// The number of scenarios that are played or skipped.
  public var count: Int { plays.count }

  private var plays: [Play] {
    factories.flatMap { factory in
      selected.filter { factory.plays($0.requirement) }.map { Play(factory: factory, entry: $0) }
    }
  }

  /// Makes a thread's own way to play.
  private var player: @Sendable () -> (Play) -> PlayedScenario {
    let (profile, shouldStop, scripts) = (profile, shouldStop, scripts)
    return {
      var runners: [String: ScenarioRunner] = [:]
      return { play in
        let (factory, requirement) = (play.factory, play.entry.requirement)
        guard !play.entry.isSkipped else {
          return PlayedScenario(skipping: requirement, on: factory.name)
        }
        let runner =
          runners[factory.name]
          ?? ScenarioRunner(factory, profile: profile, shouldStop: shouldStop)
        // One at a time: each has a thread.
        runners = [factory.name: runner]
        let cases = scripts(requirement) ?? factory.scripts(of: requirement)
        return runner.run(cases, of: requirement)
      }
    }
  }

  /// Counts and reports what came of a scenario.
  private func conclude(
    _ played: PlayedScenario,
    _ outcome: inout Outcome,
    _ emit: (Event.Kind) -> Void
  ) {
    var scenario = played
    guard !scenario.wasStopped else {
      outcome.wasStopped = true
      return
    }
    scenario.result = adjust(scenario.result)
    if scenario.result.judgement.verdict == .failed {
      scenario.result.evidence = saveEvidence(scenario)
      outcome.failures.append(scenario)
    }
    if let fault = scenario.suiteFault {
      outcome.suiteFaults.append("\(scenario.result.requirement.slug): \(fault)")
    }
    for played in scenario.cases {
      for record in played.records { emit(.step(script: played.script, record: record)) }
    }
    outcome.summary.add(scenario.result)
    emit(.verdict(scenario.result))
  }
}

extension PlayedScenario {
  init(skipping requirement: Requirement, on backend: String) {
    self.init(
      result: ScenarioResult(
        requirement: requirement,
        backend: backend,
        judgement: Judgement(.skipped, reason: "asked for")
      ),
      cases: [],
      suiteFault: nil
    )
  }
}
