/// The set of expectations in force: those of the scripts, but for its quirks.
public struct Profile: Equatable, Sendable {
  /// The profile without quirks.
  public static let strict = Profile(name: "strict")

  /// The profile's name.
  public let name: String
  /// The departures that it permits.
  public let quirks: [Quirk]

  /// Creates a profile.
  public init(name: String, quirks: [Quirk] = []) {
    self.name = name
    self.quirks = quirks
  }

  /// What a step may observe in place of what the script allows; `nil` if no quirk concerns it.
  ///
  /// - Parameter step: The position of the step in ``Script/allSteps``.
  public func allowed(for step: Int, in script: Script) -> [Outcome]? {
    quirk(for: step, in: script)?.allowed(for: step, in: script)
  }

  /// The quirk that concerns a step, if there is one.
  public func quirk(for step: Int, in script: Script) -> Quirk? {
    quirks.first { $0.allowed(for: step, in: script) != nil }
  }
}
