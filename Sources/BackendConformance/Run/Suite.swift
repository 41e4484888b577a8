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
  public var scripts: (Requirement) -> [Script]? = { _ in nil }
  /// Whether the run is to stop; asked before each scenario and while one is played.
  ///
  /// A scenario that is stopped has no verdict.
  public var shouldStop: () -> Bool = { false }
  /// Saves what a failure leaves behind, and returns where.
  public var saveEvidence: (PlayedScenario) -> String? = { _ in nil }

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
  /// - Parameter emit: Takes each event as it happens, but for those that begin and end the run.
  public func run(emit: (Event.Kind) -> Void) -> Outcome {
    var outcome = Outcome()
    for factory in factories {
      let runner = ScenarioRunner(factory, profile: profile, shouldStop: shouldStop)
      for entry in selected where factory.plays(entry.requirement) {
        outcome.wasStopped = outcome.wasStopped || shouldStop()
        guard !outcome.wasStopped else { return outcome }
        play(entry, factory, runner, &outcome, emit)
      }
    }
    return outcome
  }

  private func play(
    _ entry: Selected,
    _ factory: TestbenchFactory,
    _ runner: ScenarioRunner,
    _ outcome: inout Outcome,
    _ emit: (Event.Kind) -> Void
  ) {
    let requirement = entry.requirement
    emit(.scenarioStart(requirement, backend: factory.name))
    var scenario =
      entry.isSkipped
      ? PlayedScenario(skipping: requirement, on: factory.name)
      : runner.run(scripts(requirement) ?? factory.scripts(of: requirement), of: requirement)
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
      outcome.suiteFaults.append("\(requirement.slug): \(fault)")
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
