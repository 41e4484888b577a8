internal import BackendConformance
public import Testing

/// One requirement, to be checked on one backend.
public struct ConformanceCase: Sendable, Identifiable {
  enum Subject {
    case requirement(Requirement)
    case somethingIsTested
  }

  private let subject: Subject
  private let cases: ConformanceCases

  init(_ subject: Subject, of cases: ConformanceCases) {
    self.subject = subject
    self.cases = cases
  }

  /// The slug of the requirement.
  public var id: String {
    switch subject {
    case .requirement(let requirement): requirement.slug
    case .somethingIsTested: "something-is-tested"
    }
  }

  /// Plays the requirement's scripts on fresh benches, and records an issue if one is not met.
  ///
  /// A requirement that is unsupported or excluded is recorded as a warning, with the reason, and its
  /// case is cancelled: it is neither passed nor failed.
  ///
  /// - Throws: What cancels the case.
  public func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    switch finding() {
    case nil: return
    case .cancelled(let reason):
      // The console tells nobody of a cancelled case; the warning does.
      record("\(id) was not tested: \(reason)", .warning, sourceLocation)
      try Test.cancel(Comment(rawValue: reason), sourceLocation: sourceLocation)
    case .issue(let text, let isError):
      record(text, isError ? .error : .warning, sourceLocation)
    }
  }

  private func record(_ text: String, _ severity: Issue.Severity, _ location: SourceLocation) {
    Issue.record(Comment(rawValue: text), severity: severity, sourceLocation: location)
  }

  /// What is to be told of the case; `nil` if it passed.
  package func finding() -> CaseFinding? {
    switch subject {
    case .somethingIsTested: cases.emptiness
    case .requirement(let requirement):
      if let reason = cases.exclusions[requirement.slug] {
        .cancelled("excluded: \(reason)")
      } else {
        CaseFinding(cases.play(requirement))
      }
    }
  }
}

extension ConformanceCase: CustomTestStringConvertible {
  /// The slug, which names the case in the test's output.
  public var testDescription: String { id }
}
