package import BackendConformance

extension ConformanceCases {
  /// Plays one requirement.
  package func play(_ requirement: Requirement) -> PlayedScenario {
    ScenarioRunner(factory, profile: profile).run(requirement)
  }

  /// What is wrong with the cases as a whole: an exclusion that excludes nothing or has no reason, or
  /// nothing that can be played.
  var emptiness: CaseFinding? {
    let faults =
      exclusions.sorted { $0.key < $1.key }.compactMap(fault) + (runsNothing ? [nothing] : [])
    return faults.isEmpty ? nil : .issue(faults.joined(separator: "\n"), isError: true)
  }

  private var nothing: String {
    "nothing ran: no requirement can be played on \(factory.name)"
  }

  private func fault(_ slug: String, _ reason: String) -> String? {
    guard requirements.contains(where: { $0.slug == slug }) else {
      return "\(slug) is excluded, but is no requirement that concerns \(factory.name)"
    }
    return reason.allSatisfy(\.isWhitespace) ? "\(slug) is excluded without a reason" : nil
  }

  /// Whether no requirement has another verdict than unsupported; plays them up to the first that has.
  private var runsNothing: Bool {
    requirements.filter { exclusions[$0.slug] == nil }
      .allSatisfy { play($0).result.judgement.verdict == .unsupported }
  }
}
