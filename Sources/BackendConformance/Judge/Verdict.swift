/// The result of a scenario.
public enum Verdict: String, CaseIterable, Sendable, Codable {
  /// Every observation was allowed.
  case passed
  /// An observation was not allowed, or a rule was broken.
  case failed
  /// A deadline was missed and the machine, not the backend, may be to blame.
  case inconclusive
  /// The bench lacks an instrument, or the backend does not offer what is tested.
  case unsupported
  /// The scenario was not to be played.
  case skipped
  /// It failed, as the list of known failures says.
  case expectedFailure
  /// It passed, although the list of known failures says otherwise.
  case unexpectedPass
}

/// Where and why a scenario failed, in the notation of scripts.
public struct Failure: Equatable, Sendable {
  /// The name of the case.
  public var scenario: String
  /// The number of the step, counted from 1 over all steps as they are written.
  public var step: Int
  /// The round, if the step stands in a repetition, counted from 1; otherwise 0.
  public var round: Int
  /// What the step did.
  public var action: String
  /// What it was allowed to observe.
  public var allowed: String
  /// What it observed.
  public var observed: String
  /// The known departure that this is, if it is one of those that the backend is known for.
  public var quirk: String?

  /// Creates a failure.
  public init(
    scenario: String,
    step: Int,
    round: Int,
    action: String,
    allowed: String,
    observed: String,
    quirk: String? = nil
  ) {
    self.scenario = scenario
    self.step = step
    self.round = round
    self.action = action
    self.allowed = allowed
    self.observed = observed
    self.quirk = quirk
  }
}

/// A verdict with what led to it.
public struct Judgement: Equatable, Sendable {
  /// The verdict.
  public var verdict: Verdict
  /// Why it is unsupported, skipped or inconclusive; empty otherwise.
  public var reason: String
  /// Where it failed or became inconclusive.
  public var failure: Failure?

  /// Creates a judgement.
  public init(_ verdict: Verdict, reason: String = "", failure: Failure? = nil) {
    self.verdict = verdict
    self.reason = reason
    self.failure = failure
  }
}
