package import BackendConformance

/// What a case that did not pass tells the test.
package enum CaseFinding: Equatable, Sendable {
  /// It was not played, or could not be; why.
  case cancelled(String)
  /// Something is wrong, or could not be decided.
  case issue(String, isError: Bool)

  /// What a scenario that was played tells; `nil` if it passed.
  ///
  /// An inconclusive MUST is an error, as it is for the command line; any other only a warning.
  package init?(_ scenario: PlayedScenario) {
    let result = scenario.result
    switch result.judgement.verdict {
    case .passed: return nil
    case .unsupported, .skipped:
      self = .cancelled("\(result.judgement.verdict): \(result.judgement.reason)")
    case .inconclusive where scenario.suiteFault == nil:
      self = .issue(result.explanation, isError: result.requirement.obligation == .must)
    default:
      self = .issue(result.explanation, isError: true)
    }
  }
}
