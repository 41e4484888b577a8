/// Plays the cases of requirements on one backend, each on a fresh bench.
public final class ScenarioRunner {
  /// The longest a step may take, in milliseconds, before it counts as hung.
  public static let stepLimit = 10_000

  /// How much longer than its deadline a step may take once a run is to stop, in milliseconds.
  private static let farewell = 500

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
    var tally = CaseTally()
    for script in scripts {
      tally.add(play(script), script)
      if tally.isDecided || tally.wasStopped { break }
    }
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
  public func play(_ script: Script) -> PlayedCase {
    if let other = script.profile, other != profile.name {
      let finding = Judge.Finding.unsupported("is for the profile \(other)")
      return PlayedCase(script: script, records: [], finding: finding)
    }
    do throws(BenchError) {
      let bench = try factory.make(script.bench, profile: profile)
      if let missing = bench.lacks(script) {
        bench.tearDown()
        return PlayedCase(script: script, records: [], finding: .unsupported(missing))
      }
      return play(script, on: bench)
    } catch {
      return PlayedCase(script: script, records: [], finding: Judge.Finding(error))
    }
  }

  private func play(_ script: Script, on bench: any Testbench) -> PlayedCase {
    let recorder = Recorder(
      script,
      profile: profile,
      families: factory.families,
      departures: factory.departures
    )
    let player = Player(script, on: bench, recorder: recorder)
    var limit = stepLimit
    var hang: StepRecord?
    var wasStopped = false
    let returned = worker.run({
      player.play()
      bench.tearDown()
    }) { lateness in
      if shouldStop() {
        wasStopped = recorder.stop()
        limit = min(limit, bench.patience.deadline + Self.farewell)
      }
      guard let step = player.overdueStep(milliseconds: limit) else { return false }
      let late = lateness.observation(soFar: 0)
      hang = StepRecord(step: step, observation: .late(late), breaches: [.hung(late)])
      return true
    }
    if !returned { abandon(hang, recorder) }
    return PlayedCase(
      script: script,
      records: recorder.records,
      finding: recorder.finding,
      wasStopped: wasStopped
    )
  }

  /// Gives up a thread that does not return; it keeps its bench, and its records no longer count.
  private func abandon(_ hang: StepRecord?, _ recorder: Recorder) {
    if let hang { recorder.add(hang) }
    recorder.close()
    worker.end()
    worker = Worker()
  }
}

extension Judge.Finding {
  /// What it means that a bench could not be made.
  init(_ error: BenchError) {
    switch error {
    case .unsupported(let what): self = .unsupported(what)
    case .notPermitted(let what), .unavailable(let what), .failed(let what):
      self = .benchFailed(what)
    }
  }
}

extension Testbench {
  /// What the bench lacks to play a script; `nil` if it lacks nothing.
  package func lacks(_ script: Script) -> String? {
    let meant = script.bench.families
    if !meant.isEmpty && families.isDisjoint(with: meant) {
      return "is for \(meant.joined(separator: ", "))"
    }
    let missing = script.instruments.subtracting(instruments).sorted()
    guard missing.isEmpty else {
      return "the bench lacks " + missing.map(\.rawValue).joined(separator: ", ")
    }
    let longest = script.longestInjection
    guard longest <= longestInjection else {
      return "the far side injects no frames of \(longest) bytes"
    }
    return nil
  }
}

extension Script {
  /// The length in bytes of the longest frame that is injected.
  var longestInjection: Int {
    allSteps.reduce(0) { longest, step in
      switch step.action {
      case .inject(let frames): max(longest, frames.map(\.totalLength).max() ?? 0)
      case .injectOffloaded(let frame, _): max(longest, frame.totalLength)
      default: longest
      }
    }
  }
}
