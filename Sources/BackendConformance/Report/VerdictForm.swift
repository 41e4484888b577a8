/// The verdict of a scenario, in the form of the event log.
struct VerdictForm: Encodable {
  let id: String
  let obligation: Obligation
  let verdict: Verdict
  let seconds: Double
  let backend: String
  let cases: Int
  let casesUnsupported: Int
  let `case`: String?
  let step: Int?
  let action: String?
  let allowed: String?
  let observed: String?
  let quirk: String?
  let reason: String?
  let evidence: String?

  init(_ result: ScenarioResult) {
    let failure = result.judgement.failure
    id = result.requirement.slug
    obligation = result.requirement.obligation
    verdict = result.judgement.verdict
    seconds = Span.seconds(nanoseconds: result.nanoseconds)
    backend = result.backend
    cases = result.casesPlayed
    casesUnsupported = result.casesUnsupported
    `case` = failure?.scenario
    step = failure?.step
    action = failure?.action
    allowed = failure?.allowed
    observed = failure?.observed
    quirk = failure?.quirk
    reason = result.judgement.reason.isEmpty ? nil : result.judgement.reason
    evidence = result.evidence
  }
}
