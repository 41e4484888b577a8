/// How a run begins, in the form of the event log.
struct RunForm: Encodable {
  let suite: String
  let backend: String
  let profile: String
  /// In base 16, because not every reader of JSON keeps 64 bits of a number.
  let seed: String
  let host: [String: String]

  init(_ run: RunDescription) {
    suite = run.suiteVersion
    backend = run.backend
    profile = run.profile
    seed = run.seedText
    host = run.host
  }
}

extension RunDescription {
  /// The seed as reports write it, such as `0x5eed41f2`.
  public var seedText: String { "0x" + String(seed, radix: 16) }
}

/// How a scenario begins, in the form of the event log.
struct ScenarioForm: Encodable {
  let id: String
  let obligation: Obligation
  let backend: String

  init(_ requirement: Requirement, _ backend: String) {
    id = requirement.slug
    obligation = requirement.obligation
    self.backend = backend
  }
}

/// How a run ends, in the form of the event log.
struct RunEndForm: Encodable {
  let exit: Int
  let summary: SummaryForm
}
