internal import BackendConformance
internal import BhyveConformance

/// The profiles that can be named.
enum KnownProfiles {
  static let all = [
    Profile.strict, .bhyve, .xenLinux, .xenFreeBSD, .xenStrict,
  ]

  /// The profile of that name; the strict one without a name.
  static func profile(_ name: String?) throws(CommandFailure) -> Profile {
    guard let name else { return .strict }
    if let profile = all.first(where: { $0.name == name }) { return profile }
    let known = all.map(\.name)
    throw CommandFailure(
      .usage,
      "unknown profile '\(name)'\(Suggestion.question(name, known)); "
        + "known are \(known.joined(separator: ", "))"
    )
  }
}
