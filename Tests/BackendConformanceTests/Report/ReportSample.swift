import BackendConformance

/// A run with one scenario of every verdict, and texts that are hard to write.
enum ReportSample {
  static let hostile = "a\u{0}\u{1B}[31m<&\"]]>\n\u{FFFE}é"

  static func requirement(_ slug: String, _ obligation: Obligation = .must) -> Requirement {
    Requirement(
      slug,
      obligation,
      "a frame that does not fit the buffers is never passed off as a whole",
      because: "",
      sources: ["net_backends.c 306-312, 669-672"],
      cases: {}
    )
  }

  static let failure = Failure(
    scenario: "1514 bytes",
    step: 3,
    round: 0,
    action: "receive(into: [60, 60])",
    allowed: "error noSpace(required: 1514)",
    observed: "120 bytes, no error"
  )

  static let results: [ScenarioResult] = Verdict.allCases.map { verdict in
    let hasFailure = verdict == .failed || verdict == .inconclusive
    return ScenarioResult(
      requirement: requirement("receive/\(verdict)", verdict == .skipped ? .may : .must),
      backend: "mutant:tap.short",
      judgement: Judgement(
        verdict,
        reason: verdict == .unsupported ? hostile : "",
        failure: hasFailure ? failure : nil
      ),
      nanoseconds: 200_000,
      evidence: verdict == .failed ? ".conformance/1/" : nil
    )
  }

  static let events: [Event] = {
    let run = RunDescription(
      suiteVersion: "1",
      backend: "sim:tap",
      profile: "strict",
      seed: 0x5eed_41f2,
      host: ["kernel": "6.18"]
    )
    let script = Script(requirement: "receive/passed", name: "a", steps: [.peek])
    var summary = Summary()
    var kinds: [Event.Kind] = [.runStart(run)]
    for result in results {
      summary.add(result)
      kinds.append(.scenarioStart(result.requirement, backend: result.backend))
      let record = StepRecord(step: 0, observation: .nothing, breaches: [.calledBackWhileClosed])
      kinds.append(.step(script: script, record: record))
      kinds.append(.verdict(result))
    }
    kinds.append(.runEnd(exit: 1, summary: summary))
    return kinds.enumerated().map { Event(time: UInt64($0) * 100_000_000, kind: $1) }
  }()
}
