/// One argument that chooses scenarios.
enum SelectionPattern: Equatable, Sendable {
  case slug(SlugPattern)
  case level(Obligation)
  case family(String)

  /// Reads a slug pattern, `level:must` or `family:tap`.
  init(_ text: String) throws(SelectionError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      self = .slug(SlugPattern(text))
      return
    }
    switch (parts[0], String(parts[1])) {
    case ("level", let name):
      guard let level = Obligation(rawValue: name.uppercased()) else {
        let known = Obligation.allCases.map { $0.rawValue.lowercased() }
        throw .unknownValue(name, known: known)
      }
      self = .level(level)
    case ("family", let name): self = .family(name)
    default: throw .unknownKey(String(parts[0]), known: ["level", "family"])
    }
  }

  /// Whether it chooses the requirement.
  func matches(_ requirement: Requirement) -> Bool {
    switch self {
    case .slug(let pattern): pattern.matches(requirement.slug)
    case .level(let level): requirement.obligation == level
    case .family(let family):
      requirement.families.isEmpty || requirement.families.contains(family)
    }
  }
}
