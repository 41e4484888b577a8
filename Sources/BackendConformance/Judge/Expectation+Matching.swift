internal import NetBackend

extension Expectation {
  /// Whether an observation is what is expected.
  ///
  /// - Parameter round: The round of a repetition, which is added to the seeds of frames.
  func matches(_ observation: Observation, round: Int) -> Bool {
    switch (self, observation) {
    case (_, .unsupported), (_, .benchFailed): false
    case (.callbacks(let range), .late(let late)):
      !late.machineWasLate && range.contains(late.soFar)
    case (_, .late): false
    case (.anything, _): true
    case (.done, .done): true
    case (.opened(let kind), .opened(let found)): kind == nil || kind == found
    case (.nothing, .nothing): true
    case (.length(let length), .length(let found)): length == found
    case (.lengthIn(let range), .length(let found)): range.contains(found)
    case (.frame(let frame), .frame(let found)): found.is(frame, round: round)
    case (.anyFrame(let length), .frame(let found)): length == found.length
    case (.error(let reasons, let required), .error(let error)):
      error.has(reasons: reasons, required: required)
    case (.explainedError(let reasons), .error(let error)):
      error.has(reasons: reasons, required: nil) && error.isExplained
    case (.systemError(let reasons, let errno), .error(let error)):
      error.has(reasons: reasons, required: nil) && error.isExplained
        && (error.errno ?? 0) == errno
    case (.callbacks(let range), .callbacks(let count)): range.contains(count)
    case (.headerLength(let length), .headerLength(let found)): length == found
    case (.features(let features), .features(let found)): features == found
    case (.closedFeatures, .features(let found)): found.lackingDependencies.isEmpty
    case (.offers(let features), .features(let found)): found.isSuperset(of: features)
    case (.offersNotAll(let features), .features(let found)): !found.isSuperset(of: features)
    case (.drops(let range), .drops(let count)): range.contains(count)
    case (.ring(let expected), .ring(let found)): expected.matches(found)
    case (.xen(let expected), .xen(let found)): expected.matches(found)
    default: matchesMany(observation, round: round)
    }
  }

  private func matchesMany(_ observation: Observation, round: Int) -> Bool {
    switch (self, observation) {
    case (.frames(let runs), .frames(let found)):
      return found.are(runs, round: round)
    case (.someFrames(let runs), .frames(let found)):
      return found.isSubsequence(of: runs.flatMap { $0.singles(round: round) })
    case (.framesInAnyOrder(let runs), .frames(let found)):
      let digests = runs.flatMap { $0.singles(round: round) }.map { $0.digest() }
      return digests.sorted() == found.map(\.digest).sorted()
    case (.calls(let patterns), .calls(let found)):
      return patterns.count == found.count && zip(patterns, found).allSatisfy { $0.matches($1) }
    case (.callCount(let range), .calls(let found)): return range.contains(found.count)
    case (.balanced, .ledger(let ledger)): return ledger.isBalanced
    case (.stillOpen(let count), .ledger(let ledger)):
      return ledger.open == count && ledger.closedTwice == 0 && ledger.closedWatched == 0
    case (.wellKept, .ledger(let ledger)): return ledger.isWellKept
    case (.nonBlocking, .ledger(let ledger)): return ledger.watchedBlocking == 0
    case (.notInherited, .ledger(let ledger)): return ledger.inherited == 0
    default: return false
    }
  }
}

extension FrameSummary {
  /// Whether this is that frame, byte for byte.
  func `is`(_ frame: FramePattern, round: Int) -> Bool {
    length == frame.totalLength && digest == frame.digest(round)
  }
}

extension [FrameSummary] {
  /// Whether these are the frames of the runs, no others, in their order.
  fileprivate func are(_ runs: [FramePattern], round: Int) -> Bool {
    var rest = self[...]
    for run in runs {
      for index in round..<round + run.count {
        guard rest.popFirst()?.is(run, round: index) == true else { return false }
      }
    }
    return rest.isEmpty
  }

  fileprivate func isSubsequence(of frames: [FramePattern]) -> Bool {
    var rest = self[...]
    for frame in frames where rest.first?.is(frame, round: 0) == true { rest.removeFirst() }
    return rest.isEmpty
  }
}

extension BackendError {
  fileprivate func has(reasons: [String], required: Int?) -> Bool {
    let names = [reason.word, reason.description]
    guard reasons.isEmpty || names.contains(where: reasons.contains) else { return false }
    guard let required else { return true }
    return reason == .noSpace(required: required)
  }

  fileprivate var isExplained: Bool { !subject.isEmpty && !call.isEmpty && errno != 0 }
}

extension CallPattern {
  fileprivate func matches(_ call: CallSummary) -> Bool {
    name == call.name && (argument == nil || argument == call.argument)
  }
}

extension LedgerSummary {
  var isBalanced: Bool { open == 0 && closedTwice == 0 && watched == 0 && closedWatched == 0 }
  var isWellKept: Bool { inherited == 0 && watchedBlocking == 0 }
}
