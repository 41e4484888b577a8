extension Action {
  /// What a correct backend observes if the script does not say otherwise; `nil` if the script must.
  ///
  /// It agrees with the verbs that scripts are written in.
  var usualOutcome: Outcome? {
    switch self {
    case .open, .select: .opened
    case .send(let frame, _): .length(frame.totalLength)
    case .sendClaiming: .error("frameTooLong")
    case .peek, .receive, .discard: .nothing
    case .offeredFeatures: Outcome(.closedFeatures)
    case .awaitCallbacks(let count): .callbacks(count...Int.max)
    case .calls: .anything
    case .ledger: .balanced
    case .ring(.indices), .ring(.slots): nil
    case .ring(.changes): .anything
    case .xen(let action): action.isQuestion ? nil : .done
    case .headerLength, .runLoop, .collect, .drops: nil
    default: .done
    }
  }
}
