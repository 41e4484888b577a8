/// A named departure from a requirement that a profile permits, with its exact expected outcomes.
///
/// It never skips a step: what it expects must in fact be observed.
public struct Quirk: Equatable, Sendable {
  /// What may be observed in place of what a step allows.
  public struct Replacement: Equatable, Sendable {
    /// The name of the case; `nil` for every case of the requirement.
    public var script: String?
    /// The position of the step in ``Script/allSteps``.
    public var step: Int
    /// What may be observed.
    public var allowed: [Outcome]

    /// Replaces what one step allows.
    public init(script: String? = nil, step: Int, allowed: [Outcome]) {
      self.script = script
      self.step = step
      self.allowed = allowed
    }
  }

  /// The quirk's name.
  public let name: String
  /// The slug of the requirement that it departs from.
  public let requirement: String
  /// What the backend does instead, and why that is known.
  public let explanation: String
  /// The steps that are concerned.
  public let replacements: [Replacement]

  /// Declares a quirk.
  public init(
    _ name: String,
    requirement: String,
    explanation: String,
    replacements: [Replacement]
  ) {
    self.name = name
    self.requirement = requirement
    self.explanation = explanation
    self.replacements = replacements
  }

  /// What a step may observe; `nil` if it is not concerned.
  func allowed(for step: Int, in script: Script) -> [Outcome]? {
    guard requirement == script.requirement else { return nil }
    return replacements.first { replacement in
      replacement.step == step && (replacement.script ?? script.name) == script.name
    }?.allowed
  }
}
