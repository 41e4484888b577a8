/// The statuses with which the command ends.
public enum ExitStatus: Int32, Sendable {
  /// Every selected scenario is accounted for, and nothing is unexpected.
  case success = 0
  /// At least one scenario failed.
  case failed = 1
  /// None failed, but a MUST was inconclusive.
  case inconclusive = 2
  /// An entry of the known failures is stale or expired, or its scenario passed.
  case staleKnownFailure = 3
  /// Nothing ran, or there were only skips.
  case nothingRan = 4
  /// The command was used wrongly.
  case usage = 64
  /// An input file is missing or malformed.
  case badInput = 66
  /// The backend is not available here.
  case unavailable = 69
  /// The suite itself is at fault.
  case suiteFault = 70
  /// The caller may not do this.
  case notPermitted = 77
  /// The run was interrupted.
  case interrupted = 130
  /// The run was terminated.
  case terminated = 143
}

extension ExitStatus {
  /// The status of a run that was played to its end.
  ///
  /// - Parameters:
  ///   - hasStaleEntries: Whether an entry of the known failures is stale or expired.
  ///   - suiteFaults: Whether the suite itself was at fault.
  ///   - allowsEmpty: Whether a run in which nothing ran is a success.
  public init(_ summary: Summary, hasStaleEntries: Bool, suiteFaults: Bool, allowsEmpty: Bool) {
    let ran = summary.selected - summary[.skipped] - summary[.unsupported]
    if suiteFaults {
      self = .suiteFault
    } else if summary[.failed] > 0 {
      self = .failed
    } else if summary.mustInconclusive {
      self = .inconclusive
    } else if hasStaleEntries || summary[.unexpectedPass] > 0 {
      self = .staleKnownFailure
    } else if ran == 0 && !allowsEmpty {
      self = .nothingRan
    } else {
      self = .success
    }
  }
}
