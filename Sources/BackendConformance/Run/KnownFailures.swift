/// The failures that are known, against which results are held.
public struct KnownFailures: Equatable, Sendable {
  /// The version of the form the list is stored in.
  public static let schema = 1

  /// The entries.
  public var entries: [KnownFailure]

  /// Creates a list.
  public init(_ entries: [KnownFailure] = []) { self.entries = entries }

  /// A result in the light of the list.
  ///
  /// A failure at a known step is expected, a pass of what is known to fail is not. An entry that
  /// has expired changes nothing.
  public func adjusted(_ result: ScenarioResult, today: CalendarDate) -> ScenarioResult {
    var adjusted = result
    let known = entries.filter { $0.concerns(result) && !$0.isExpired(on: today) }
    switch result.judgement.verdict {
    case .failed:
      guard let entry = known.first(where: { $0.step == result.judgement.failure?.step }) else {
        break
      }
      adjusted.judgement.verdict = .expectedFailure
      adjusted.judgement.reason = entry.reason
    case .passed where !known.isEmpty:
      adjusted.judgement.verdict = .unexpectedPass
      adjusted.judgement.reason = "known to fail: " + known.map(\.reason).joined(separator: "; ")
    default: break
    }
    return adjusted
  }

  /// The entries that should go, with why: expired, naming no requirement, or not what was seen.
  ///
  /// - Parameter results: The results of a run, adjusted; what was not run proves nothing.
  public func stale(
    after results: [ScenarioResult],
    today: CalendarDate,
    among slugs: Set<String>
  ) -> [(entry: KnownFailure, reason: String)] {
    entries.compactMap { entry in
      if !slugs.contains(entry.slug) { return (entry, "there is no such requirement") }
      if let until = entry.until, until < today { return (entry, "expired after \(until)") }
      let seen = results.filter(entry.concerns).compactMap { Self.outcome(of: $0, entry) }
      return seen.isEmpty || seen.contains("") ? nil : (entry, seen[0])
    }
  }

  /// What a result says about an entry: empty if it failed as the entry says, `nil` if nothing.
  private static func outcome(of result: ScenarioResult, _ entry: KnownFailure) -> String? {
    let step = result.judgement.failure?.step
    return switch result.judgement.verdict {
    case .passed, .unexpectedPass: "it passed"
    case .failed, .expectedFailure:
      step == entry.step ? "" : "it failed at step \(step ?? 0) instead"
    case .inconclusive, .unsupported, .skipped: nil
    }
  }

  /// The list that fits the results of a run: without what passed, with what failed.
  ///
  /// Entries about scenarios that were not run stay; those that still hold keep reason and date.
  public func updated(with results: [ScenarioResult], today: CalendarDate) -> KnownFailures {
    let stays = entries.filter { entry in
      guard !entry.isExpired(on: today) else { return false }
      let seen = results.filter(entry.concerns).compactMap { Self.outcome(of: $0, entry) }
      return seen.isEmpty || seen.contains("")
    }
    let failures = results.filter { $0.judgement.verdict == .failed }.compactMap(KnownFailure.init)
    let new = failures.filter { failure in
      !stays.contains { entry in
        entry.slug == failure.slug && entry.step == failure.step
          && (entry.backend ?? failure.backend) == failure.backend
      }
    }
    return KnownFailures(stays + new)
  }
}

extension KnownFailure {
  /// The entry that a failed result asks for.
  fileprivate init?(_ result: ScenarioResult) {
    guard let failure = result.judgement.failure else { return nil }
    self.init(
      slug: result.requirement.slug,
      backend: result.backend,
      step: failure.step,
      reason: "allowed \(failure.allowed), observed \(failure.observed)"
    )
  }
}
