internal import NetBackend

/// Decides what the records of a played script mean.
///
/// A pure function of script, profile and records: it can be asked again later, without the backend.
/// It takes the records one at a time, so that a run can stop at the first that decides.
public struct Judge {
  /// What one record means, if it decides the case.
  public enum Finding: Equatable, Sendable {
    /// The observation was not allowed.
    case failed(Failure)
    /// The machine was too late to tell.
    case inconclusive(Failure)
    /// The bench or the backend does not offer what is tested.
    case unsupported(String)
    /// The bench itself failed.
    case benchFailed(String)
  }

  private let script: Script
  private let profile: Profile
  private let families: Set<String>
  private let quirks: [Quirk]
  private let departures: [Quirk]
  private let steps: [Step]
  private var choices: [String: String] = [:]

  /// Prepares to judge the records of a script.
  ///
  /// - Parameters:
  ///   - families: The families of the backend.
  ///   - departures: The quirks that a failure is named after if it is what they expect,
  ///     although they are not permitted.
  public init(
    _ script: Script,
    profile: Profile,
    families: Set<String> = [],
    departures: [Quirk] = []
  ) {
    self.script = script
    self.profile = profile
    self.families = families
    // A script of the profile's own holds what it expects already.
    let isOwn = script.profile == profile.name
    quirks = isOwn ? [] : profile.quirks.filter { $0.concerns(script, families: families) }
    self.departures = departures.filter { $0.concerns(script, families: families) }
    steps = script.allSteps
  }

  /// Judges all records of a script.
  public static func judge(
    _ script: Script,
    profile: Profile,
    families: Set<String> = [],
    records: [StepRecord]
  ) -> Finding? {
    var judge = Judge(script, profile: profile, families: families)
    for record in records {
      if let finding = judge.judge(record) { return finding }
    }
    return nil
  }

  /// Judges the next record; `nil` if it was allowed.
  public mutating func judge(_ record: StepRecord) -> Finding? {
    switch record.observation {
    case .unsupported(let reason): return .unsupported(reason)
    case .benchFailed(let reason): return .benchFailed(reason)
    default: break
    }
    let step = steps[record.step]
    let allowed = replacement(record)?.allowed ?? profile.permitted(step)
    if let breach = record.breaches.first {
      let isExpected = record.isSpoiled && allowed.contains(.spoiled)
      return isExpected ? nil : find(breach, record)
    }
    let matching = allowed.first { $0.expectation.matches(record.observation, round: record.round) }
    guard let matching else { return mismatch(record, step, allowed) }
    return contradiction(of: matching, step, record)
  }

  /// What a quirk expects of a record in place of what its step allows, if one is concerned.
  private func replacement(_ record: StepRecord) -> (quirk: Quirk, allowed: [Outcome])? {
    guard !quirks.isEmpty else { return nil }
    return quirks.replacement(at: place(record))
  }

  private func place(_ record: StepRecord) -> Quirk.Place {
    Quirk.Place(
      families: families,
      script: script,
      steps: steps,
      position: record.step,
      round: record.round
    )
  }

  /// The name of the quirk that expects what was observed.
  private func departure(_ record: StepRecord) -> String? {
    guard let (quirk, allowed) = departures.replacement(at: place(record)) else { return nil }
    let isThat = allowed.contains {
      $0.expectation.matches(record.observation, round: record.round)
    }
    return isThat ? quirk.name : nil
  }

  private func mismatch(_ record: StepRecord, _ step: Step, _ allowed: [Outcome]) -> Finding {
    if step.isPrecondition, case .error(let error) = record.observation {
      return .unsupported("the backend does not offer it: \(step.action): \(error.reason)")
    }
    var failure = failure(
      record,
      allowed: allowed.map(\.description).joined(separator: " or "),
      observed: record.observation.description(comparedWith: allowed, round: record.round)
    )
    failure.quirk = departure(record)
    if case .late(let late) = record.observation, late.machineWasLate {
      return .inconclusive(failure)
    }
    return .failed(failure)
  }

  private func find(_ breach: Breach, _ record: StepRecord) -> Finding {
    let failure = failure(record, allowed: breach.rule, observed: breach.description)
    if case .hung(let late) = breach, late.machineWasLate { return .inconclusive(failure) }
    return .failed(failure)
  }

  /// Whether the step chose otherwise than an earlier one that must choose alike.
  private mutating func contradiction(
    of outcome: Outcome,
    _ step: Step,
    _ record: StepRecord
  ) -> Finding? {
    guard let choice = step.choice, let label = outcome.label else { return nil }
    let earlier = choices[choice, default: label]
    choices[choice] = earlier
    guard earlier != label else { return nil }
    var failure = failure(
      record,
      allowed: "\(choice) \(earlier), as before",
      observed: "\(choice) \(label)"
    )
    failure.quirk = departure(record)
    return .failed(failure)
  }

  private func failure(_ record: StepRecord, allowed: String, observed: String) -> Failure {
    Failure(
      scenario: script.name,
      step: record.step + 1,
      round: script.repeatedSteps.contains(record.step) ? record.round + 1 : 0,
      action: steps[record.step].description,
      allowed: allowed,
      observed: observed
    )
  }
}
