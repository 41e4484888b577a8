/// One line of the event log: what happened, and when.
public struct Event: Sendable {
  /// The version of the schema of the log.
  public static let schema = 1

  /// Monotonic nanoseconds since the run began.
  public var time: UInt64
  /// What happened.
  public var kind: Kind

  /// What can happen.
  public enum Kind: Sendable {
    /// A run begins.
    case runStart(RunDescription)
    /// A scenario begins on a backend.
    case scenarioStart(Requirement, backend: String)
    /// A step of a case was played.
    case step(script: Script, record: StepRecord)
    /// A scenario has its verdict.
    case verdict(ScenarioResult)
    /// The run ends.
    case runEnd(exit: Int, summary: Summary)
  }

  /// Creates an event.
  public init(time: UInt64, kind: Kind) {
    self.time = time
    self.kind = kind
  }
}

/// What a run is about: the facts its reports begin with.
public struct RunDescription: Equatable, Sendable {
  /// The version of the suite.
  public var suiteVersion: String
  /// The backend as it was named.
  public var backend: String
  /// The profile in force.
  public var profile: String
  /// The seed of what is random.
  public var seed: UInt64
  /// Facts about the host, such as its kernel.
  public var host: [String: String]

  /// Creates a description.
  public init(
    suiteVersion: String,
    backend: String,
    profile: String,
    seed: UInt64,
    host: [String: String]
  ) {
    self.suiteVersion = suiteVersion
    self.backend = backend
    self.profile = profile
    self.seed = seed
    self.host = host
  }
}

/// The result of one scenario on one backend.
public struct ScenarioResult: Sendable {
  /// The requirement that was tested.
  public var requirement: Requirement
  /// The backend as it was named.
  public var backend: String
  /// The verdict and its reason.
  public var judgement: Judgement
  /// The number of cases that were played.
  public var casesPlayed: Int
  /// The number of cases that the bench cannot play.
  public var casesUnsupported: Int
  /// How long it took.
  public var nanoseconds: UInt64
  /// Where the evidence of a failure was saved.
  public var evidence: String?

  /// Creates a result.
  public init(
    requirement: Requirement,
    backend: String,
    judgement: Judgement,
    casesPlayed: Int = 0,
    casesUnsupported: Int = 0,
    nanoseconds: UInt64 = 0,
    evidence: String? = nil
  ) {
    self.requirement = requirement
    self.backend = backend
    self.judgement = judgement
    self.casesPlayed = casesPlayed
    self.casesUnsupported = casesUnsupported
    self.nanoseconds = nanoseconds
    self.evidence = evidence
  }
}

/// How many scenarios had which verdict.
public struct Summary: Equatable, Sendable {
  /// The number of scenarios by verdict.
  public private(set) var counts: [Verdict: Int] = [:]
  /// The number of scenarios by obligation that were played, and of those that passed.
  public private(set) var obligations: [Obligation: (passed: Int, played: Int)] = [:]
  /// Whether a MUST was inconclusive.
  public private(set) var mustInconclusive = false

  /// Creates a summary of nothing.
  public init() {}

  /// The number of scenarios that were selected: the sum of the verdicts.
  public var selected: Int { counts.values.reduce(0, +) }

  /// The number of scenarios that had `verdict`.
  public subscript(verdict: Verdict) -> Int { counts[verdict, default: 0] }

  /// Counts one result.
  public mutating func add(_ result: ScenarioResult) {
    let verdict = result.judgement.verdict
    counts[verdict, default: 0] += 1
    let obligation = result.requirement.obligation
    if verdict == .inconclusive && obligation == .must { mustInconclusive = true }
    guard verdict != .unsupported && verdict != .skipped else { return }
    let passed = verdict == .passed || verdict == .unexpectedPass ? 1 : 0
    let so = obligations[obligation, default: (0, 0)]
    obligations[obligation] = (so.passed + passed, so.played + 1)
  }

  /// Whether two summaries have the same counts.
  public static func == (left: Summary, right: Summary) -> Bool { left.counts == right.counts }
}
