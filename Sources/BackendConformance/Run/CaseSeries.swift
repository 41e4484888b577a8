internal import Synchronization

/// The cases of a scenario, which a worker plays one after the other, each on a fresh bench.
///
/// Whoever waits for the worker watches over it. That it plays all of them spares a change of threads
/// for each.
final class CaseSeries: Sendable {
  /// How much longer than its deadline a step may take once a run is to stop, in milliseconds.
  private static let farewell = 500

  private struct State {
    var waiting: ArraySlice<Script>
    var tally = CaseTally()
    /// What plays the case that is under way, and since when.
    var playing: (player: Player, since: UInt64)?
    var wasStopped = false

    /// What came of the case under way, which has ended.
    mutating func finish(_ player: Player) -> PlayedCase {
      defer { (playing, wasStopped) = (nil, false) }
      return PlayedCase(
        script: player.script,
        records: player.recorder.records,
        finding: player.recorder.finding,
        wasStopped: wasStopped
      )
    }
  }

  private let factory: TestbenchFactory
  private let profile: Profile
  private let stepLimit: Int
  private let state: Mutex<State>

  /// Prepares to play cases on the benches of a factory.
  ///
  /// - Parameter stepLimit: How many milliseconds a step may take.
  init(
    _ scripts: [Script],
    on factory: TestbenchFactory,
    profile: Profile,
    stepLimit: Int
  ) {
    self.factory = factory
    self.profile = profile
    self.stepLimit = stepLimit
    state = Mutex(State(waiting: scripts[...]))
  }

  /// What came of the cases so far.
  var tally: CaseTally { state.withLock { $0.tally } }

  /// Plays what is left, until a case fails or does not come back in time.
  func play() {
    while let script = next(), let outcome = play(script) {
      state.withLock { $0.tally.add(outcome) }
    }
  }

  private func next() -> Script? {
    state.withLock { state in
      state.tally.isDecided || state.tally.wasStopped ? nil : state.waiting.popFirst()
    }
  }

  /// Plays one case; `nil` if it was given up meanwhile.
  private func play(_ script: Script) -> PlayedCase? {
    let player: Player
    switch prepare(script) {
    case .success(let ready): player = ready
    case .failure(let failure):
      return PlayedCase(script: script, records: [], finding: failure.finding)
    }
    state.withLock { $0.playing = (player, MonotonicClock.now) }
    player.play()
    player.bench.tearDown()
    return state.withLock { state in
      state.playing?.player === player ? state.finish(player) : nil
    }
  }

  private struct Unplayable: Error {
    let finding: Judge.Finding
  }

  private func prepare(_ script: Script) -> Result<Player, Unplayable> {
    if let other = script.profile, other != profile.name {
      return .failure(Unplayable(finding: .unsupported("is for the profile \(other)")))
    }
    do throws(BenchError) {
      let bench = try factory.make(script.bench, profile: profile)
      if let missing = bench.lacks(script) {
        bench.tearDown()
        return .failure(Unplayable(finding: .unsupported(missing)))
      }
      let recorder = Recorder(
        script,
        profile: profile,
        families: factory.families,
        departures: factory.departures
      )
      return .success(Player(script, on: bench, recorder: recorder))
    } catch { return .failure(Unplayable(finding: Judge.Finding(error))) }
  }

  /// Gives up the case under way if it takes too long; its thread is not to be used any more.
  ///
  /// - Parameters:
  ///   - lateness: How late the machine woke the thread that asks.
  ///   - isStopping: Whether the case is to end undecided.
  func givesUp(_ lateness: inout Lateness, isStopping: Bool) -> Bool {
    state.withLock { state in
      guard let (player, since) = state.playing else { return false }
      lateness.restart(at: since)
      var limit = stepLimit
      if isStopping {
        state.wasStopped = player.recorder.stop()
        limit = min(limit, player.bench.patience.deadline + Self.farewell)
      }
      guard let step = player.overdueStep(milliseconds: limit) else { return false }
      let late = lateness.observation(soFar: 0)
      player.recorder.add(
        StepRecord(step: step, observation: .late(late), breaches: [.hung(late)])
      )
      player.recorder.close()
      state.tally.add(state.finish(player))
      return true
    }
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
