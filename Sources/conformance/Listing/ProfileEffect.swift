internal import BackendConformance

/// What a profile makes of a requirement.
struct ProfileEffect {
  /// What an option decides in one of its cases, such as `short chains: fatal`.
  let options: [String]
  /// The quirks that concern one of its cases.
  let quirks: [Quirk]

  /// Looks for all that a profile says of a requirement's scripts.
  init(_ profile: Profile, on requirement: Requirement, _ scripts: [Script]) {
    let choices = scripts.flatMap(\.allSteps).compactMap(\.choice).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    options = choices.compactMap { choice in profile.options[choice].map { "\(choice): \($0)" } }
    quirks = profile.quirks.filter { $0.requirements.contains(requirement.slug) }
  }

  /// All of it in a few words each.
  var words: [String] { options + quirks.map { "quirk \($0.name)" } }
}
