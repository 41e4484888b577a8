/// A case that was played: what was recorded, and what that means.
public struct PlayedCase: Sendable {
  /// The script.
  public var script: Script
  /// What was recorded, up to the record that decided.
  public var records: [StepRecord]
  /// What decided it; `nil` if it passed.
  public var finding: Judge.Finding?
  /// Whether it was stopped before it was decided, so that it means nothing.
  public var wasStopped = false
}

/// A scenario that was played, with the cases that are needed to report it.
public struct PlayedScenario: Sendable {
  /// The result.
  public var result: ScenarioResult
  /// The cases that were played, the deciding one last.
  public var cases: [PlayedCase]
  /// What went wrong with the suite itself, if something did.
  public var suiteFault: String?
  /// Whether it was stopped before it was decided, so that its result means nothing.
  public var wasStopped = false
}

/// Adds up the cases of a scenario.
struct CaseTally {
  private(set) var played = 0
  private(set) var unsupported = 0
  private(set) var cases: [PlayedCase] = []
  private(set) var suiteFault: String?
  private var decisive: Judgement?
  private var doubt: Judgement?
  private var missing: [String] = []
  private var hasStoppedCase = false

  /// Whether a case has failed, so that the others need not be played.
  var isDecided: Bool { decisive != nil }
  /// Whether a case was stopped before it was decided.
  var wasStopped: Bool { decisive == nil && hasStoppedCase }

  mutating func add(_ outcome: PlayedCase) {
    cases.append(outcome)
    guard !outcome.wasStopped else {
      hasStoppedCase = true
      return
    }
    switch outcome.finding {
    case .unsupported(let reason):
      unsupported += 1
      if !missing.contains(reason) { missing.append(reason) }
      return
    case .failed(let failure): decisive = Judgement(.failed, failure: failure)
    case .inconclusive(let failure):
      doubt = Judgement(.inconclusive, reason: "a deadline was missed", failure: failure)
    case .benchFailed(let reason):
      suiteFault = reason
      decisive = Judgement(.inconclusive, reason: "the bench failed: \(reason)")
    case nil: break
    }
    played += 1
  }

  var judgement: Judgement {
    if let judgement = decisive ?? doubt { return judgement }
    guard played == 0 else { return Judgement(.passed) }
    return Judgement(.unsupported, reason: missing.joined(separator: "; "))
  }
}
