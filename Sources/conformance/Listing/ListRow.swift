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

  init(_ entry: Suite.Selected, outlooks: [Outlook]) {
    let requirement = entry.requirement
    slug = requirement.slug
    obligation = requirement.obligation
    requires = requirement.sentence
    cases = requirement.scripts.count
    families = requirement.families
    proven = Mutants.provenSlugs.contains(requirement.slug)
    untestable = requirement.untestable
    backends = outlooks
  }

  /// What is to be known about it, in a few words; empty if it is proven.
  var remark: String {
    if let untestable { return "untestable: \(untestable)" }
    return proven ? "" : "unproven"
  }
}
