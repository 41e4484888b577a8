internal import BackendConformance
internal import BhyveConformance

/// The profiles that can be named.
enum KnownProfiles {
  /// A profile, with what a list says of it.
  struct Entry {
    let profile: Profile
    /// Whose behaviour it expects, in a few words.
    let summary: String
    /// The family of the backends that it is for, if it is for one.
    let family: String?
  }

  static let entries = [
    Entry(profile: .strict, summary: "what the contract promises, and nothing else", family: nil),
    Entry(
      profile: .bhyve,
      summary: "what bhyve's backends of 2020 do, with their defects",
      family: nil
    ),
    Entry(profile: .xenStrict, summary: "a netback that refuses what is odd", family: "xen"),
    Entry(profile: .xenLinux, summary: "a netback that decides as Linux does", family: "xen"),
    Entry(
      profile: .xenFreeBSD,
      summary: "a netback that decides as FreeBSD does",
      family: "xen"
    ),
  ]

  /// The profile of that name; the strict one without a name.
  static func profile(_ name: String?) throws(CommandFailure) -> Profile {
    try entry(name)?.profile ?? .strict
  }

  /// The entry of that name; none without a name.
  static func entry(_ name: String?) throws(CommandFailure) -> Entry? {
    guard let name else { return nil }
    if let entry = entries.first(where: { $0.profile.name == name }) { return entry }
    let known = entries.map(\.profile.name)
    throw CommandFailure(
      .usage,
      "unknown profile '\(name)'\(Suggestion.question(name, known)); "
        + "known are \(known.joined(separator: ", "))"
    )
  }

  /// One line a profile, indented, for help texts.
  static var overview: String {
    let width = entries.map(\.profile.name.count).max() ?? 0
    return entries.map { "  \($0.profile.name.padded(to: width))  \($0.summary)" }
      .joined(separator: "\n")
  }
}
