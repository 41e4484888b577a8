internal import BackendConformance
internal import Mutants

/// One requirement in a list.
struct ListRow: Encodable {
  let slug: String
  let obligation: Obligation
  /// What the backend does, in a sentence.
  let requires: String
  /// The number of cases.
  let cases: Int
  /// The families it is for; empty for every one.
  let families: [String]
  /// Whether a wrong backend is known that it catches.
  let proven: Bool
  /// Why it cannot be tested, if it cannot.
  let untestable: String?
  /// What would come of it on the backends that were named.
  let backends: [Outlook]
  /// What the profile that was named makes of it; nothing if none was.
  let profile: [String]?

  init(_ entry: Suite.Selected, outlooks: [Outlook], under profile: Profile?) {
    let requirement = entry.requirement
    let scripts = requirement.scripts
    slug = requirement.slug
    obligation = requirement.obligation
    requires = requirement.sentence
    cases = scripts.count
    families = requirement.families
    proven = Mutants.provenSlugs.contains(requirement.slug)
    untestable = requirement.untestable
    backends = outlooks
    self.profile = profile.map { ProfileEffect($0, on: requirement, scripts).words }
  }

  /// What is to be known about it, in a few words; empty if it is proven.
  var remark: String {
    if let untestable { return "untestable: \(untestable)" }
    return proven ? "" : "unproven"
  }
}
