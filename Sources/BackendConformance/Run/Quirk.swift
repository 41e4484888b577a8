/// A named departure from requirements that a profile permits, with its exact expected outcomes.
///
/// It never skips a step and never adds to what is allowed: what it expects must in fact be observed,
/// in place of what the script allows.
public struct Quirk: Sendable {
  /// The quirk's name.
  public let name: String
  /// What the backend does instead, and what its user sees of it.
  public let explanation: String
  /// Where that is known from.
  public let sources: [String]
  /// The families of backends that have it; empty for every one.
  public let families: [String]
  /// The steps that are concerned, and what is expected of them.
  public let rules: [Rule]

  /// Declares a quirk.
  public init(
    _ name: String,
    _ explanation: String,
    sources: [String],
    families: [String] = [],
    rules: [Rule]
  ) {
    self.name = name
    self.explanation = explanation
    self.sources = sources
    self.families = families
    self.rules = rules
  }

  /// The slugs of the requirements that it departs from, in the order of its rules.
  public var requirements: [String] {
    rules.flatMap(\.requirements).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether a backend of these families has it, and a script belongs to one of those requirements.
  public func concerns(_ script: Script, families: Set<String>) -> Bool {
    (self.families.isEmpty || !families.isDisjoint(with: self.families))
      && rules.contains { $0.requirements.contains(script.requirement) }
  }

  /// What a step may observe; `nil` if it is not concerned, or if the script allows just that.
  public func allowed(at place: Place) -> [Outcome]? {
    for rule in rules where rule.requirements.contains(place.script.requirement) {
      guard let allowed = rule.allowed(place) else { continue }
      return allowed == place.step.allowed ? nil : allowed
    }
    return nil
  }
}

extension Quirk {
  /// What is expected of some steps of the scripts of some requirements.
  public struct Rule: Sendable {
    /// The slugs of the requirements.
    public let requirements: [String]
    /// What a step may observe in place of what it allows; `nil` if it is not concerned.
    public let allowed: @Sendable (Place) -> [Outcome]?

    /// Replaces what steps of these requirements allow.
    public init(
      _ requirements: String...,
      allowed: @escaping @Sendable (Place) -> [Outcome]?
    ) {
      self.requirements = requirements
      self.allowed = allowed
    }
  }

  /// One step of a script as it is played: everything that a rule may look at.
  ///
  /// What was observed is not part of it: an expectation that followed the observation would permit
  /// anything.
  public struct Place: Sendable {
    /// The families of the backend, such as `netmap` and `vale`.
    public let families: Set<String>
    /// The script.
    public let script: Script
    /// All steps of the script, nested ones included.
    public let steps: [Step]
    /// The position of the step among them.
    public let position: Int
    /// The round, if the step stands in a repetition, counted from 0.
    public let round: Int

    /// Describes a place.
    public init(
      families: Set<String> = [],
      script: Script,
      steps: [Step],
      position: Int,
      round: Int = 0
    ) {
      self.families = families
      self.script = script
      self.steps = steps
      self.position = position
      self.round = round
    }

    /// The step.
    public var step: Step { steps[position] }

    /// The steps written before it.
    public var before: ArraySlice<Step> { steps[..<position] }
  }
}

extension [Quirk] {
  /// The first quirk that concerns a step, with what it expects; those of other families aside.
  func replacement(at place: Quirk.Place) -> (quirk: Quirk, allowed: [Outcome])? {
    for quirk in self {
      if let allowed = quirk.allowed(at: place) { return (quirk, allowed) }
    }
    return nil
  }
}
