internal import Synchronization

/// Keeps the records of a played script, in order, and judges each as it comes.
final class Recorder: Sendable {
  private struct State {
    var records: [StepRecord] = []
    var judge: Judge
    var finding: Judge.Finding?
    var isClosed = false
  }

  private let state: Mutex<State>
  private let decided = Atomic<Bool>(false)

  init(_ script: Script, profile: Profile, families: Set<String> = [], departures: [Quirk] = []) {
    let judge = Judge(script, profile: profile, families: families, departures: departures)
    state = Mutex(State(judge: judge))
  }

  /// Whether the case is decided, so that nothing more needs to be played.
  var isDecided: Bool { decided.load(ordering: .relaxed) }

  /// What decided the case; `nil` if it passed so far.
  var finding: Judge.Finding? { state.withLock { $0.finding } }

  /// The records so far.
  var records: [StepRecord] { state.withLock { $0.records } }

  /// Adds a record, unless the case is decided.
  func add(_ record: StepRecord) {
    state.withLock { state in
      guard state.finding == nil, !state.isClosed else { return }
      state.records.append(record)
      guard let finding = state.judge.judge(record) else { return }
      state.finding = finding
      decided.store(true, ordering: .relaxed)
    }
  }

  /// Leaves the case undecided for good, so that what plays it ends with its current step.
  ///
  /// - Returns: Whether the case was undecided.
  func stop() -> Bool {
    state.withLock { state in
      state.isClosed = true
      decided.store(true, ordering: .relaxed)
      return state.finding == nil
    }
  }

  /// Takes no more records: those of a thread that was given up.
  func close() { state.withLock { $0.isClosed = true } }
}
