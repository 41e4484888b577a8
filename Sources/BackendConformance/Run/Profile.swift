/// The set of expectations in force: those of the scripts, but for its quirks.
public struct Profile: Sendable {
  /// The profile without quirks.
  public static let strict = Profile(name: "strict")

  /// The profile's name.
  public let name: String
  /// The departures that it permits; where two concern a step, the first one counts.
  public let quirks: [Quirk]
  /// What a backend does at points that a specification leaves open: the label of an outcome by the
  /// name of the choice.
  public let options: [String: String]

  /// Creates a profile.
  public init(name: String, quirks: [Quirk] = [], options: [String: String] = [:]) {
    self.name = name
    self.quirks = quirks
    self.options = options
  }

  /// The outcomes of a step among which a profile's option leaves no choice.
  func permitted(_ step: Step) -> [Outcome] {
    guard let choice = step.choice, let option = options[choice] else { return step.allowed }
    return step.allowed.filter { $0.label == nil || $0.label == option }
  }

  /// What a step may observe: what a quirk expects, or what the script allows and an option leaves.
  ///
  /// The parameters are those of ``allowed(for:round:in:families:)``.
  public func outcomes(
    of step: Int,
    round: Int = 0,
    in script: Script,
    families: Set<String> = []
  ) -> [Outcome] {
    allowed(for: step, round: round, in: script, families: families)
      ?? permitted(script.allSteps[step])
  }

  /// What a step may observe in place of what the script allows; `nil` if no quirk concerns it.
  ///
  /// - Parameters:
  ///   - step: The position of the step in ``Script/allSteps``.
  ///   - round: The round, if the step stands in a repetition, counted from 0.
  ///   - families: The families of the backend.
  public func allowed(
    for step: Int,
    round: Int = 0,
    in script: Script,
    families: Set<String> = []
  ) -> [Outcome]? {
    replacement(for: step, round: round, in: script, families: families)?.allowed
  }

  /// The quirk that concerns a step, if there is one, with what it expects.
  public func replacement(
    for step: Int,
    round: Int = 0,
    in script: Script,
    families: Set<String> = []
  ) -> (quirk: Quirk, allowed: [Outcome])? {
    quirks.filter { $0.concerns(script, families: families) }.replacement(
      at: Quirk.Place(
        families: families,
        script: script,
        steps: script.allSteps,
        position: step,
        round: round
      )
    )
  }
}

extension Profile: CustomStringConvertible {
  /// The profile's name.
  public var description: String { name }
}
