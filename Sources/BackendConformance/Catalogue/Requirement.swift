internal import Synchronization

/// How binding a requirement is.
public enum Obligation: String, CaseIterable, Comparable, Sendable, Codable {
  /// A backend that breaks it is wrong.
  case must = "MUST"
  /// A backend needs a good reason to break it.
  case should = "SHOULD"
  /// A backend may do it, and if so, must do it well.
  case may = "MAY"

  /// Whether the left obligation is the more binding one.
  public static func < (left: Obligation, right: Obligation) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .must: 0
    case .should: 1
    case .may: 2
    }
  }
}

/// One sentence that a backend is held to, with its test.
public struct Requirement: Sendable {
  /// The name: a section, a slash and words joined by hyphens.
  ///
  /// It never changes its meaning.
  public let slug: String
  /// How binding it is.
  public let obligation: Obligation
  /// What a backend does, in a sentence without its final stop.
  public let sentence: String
  /// Why: what goes wrong in practice when it does not.
  public let reason: String
  /// Where it comes from.
  public let sources: [String]
  /// The families it is for; empty for every one.
  public let families: [String]
  /// What usually breaks it.
  public let hint: String
  /// Why it has no scenario, if it has none.
  public let untestable: String?
  private let makeScripts: @Sendable () -> [Script]
  private let familiesSeen = FamiliesSeen()

  /// Declares a requirement with its cases.
  public init(
    _ slug: String,
    _ obligation: Obligation,
    _ sentence: String,
    because reason: String,
    sources: [String],
    families: [String] = [],
    hint: String = "",
    @ScriptsBuilder cases: @escaping @Sendable () -> [Script]
  ) {
    self.slug = slug
    self.obligation = obligation
    self.sentence = sentence
    self.reason = reason
    self.sources = sources
    self.families = families
    self.hint = hint
    untestable = nil
    makeScripts = cases
  }

  /// Declares a requirement that cannot be tested here, and says why.
  public init(
    _ slug: String,
    _ obligation: Obligation,
    _ sentence: String,
    because reason: String,
    sources: [String],
    families: [String] = [],
    untestable: String
  ) {
    self.slug = slug
    self.obligation = obligation
    self.sentence = sentence
    self.reason = reason
    self.sources = sources
    self.families = families
    hint = ""
    self.untestable = untestable
    makeScripts = { [] }
  }

  /// The section: the part of the slug before the slash.
  public var section: String { String(slug.prefix { $0 != "/" }) }

  /// The families that cases are for, each combination once; an empty one is every family.
  var caseFamilies: Set<[String]> {
    familiesSeen.value { Set(scripts.map(\.bench.families)) }
  }

  /// The cases, each with the slug and the families filled in.
  public var scripts: [Script] {
    makeScripts().map { script in
      var script = script
      script.requirement = slug
      if script.bench.families.isEmpty { script.bench.families = families }
      return script
    }
  }
}

/// What families a requirement's cases are for, found out when somebody first asks: the cases are made
/// anew each time, which takes longer than playing some of them.
private final class FamiliesSeen: Sendable {
  private let seen = Mutex<Set<[String]>?>(nil)

  func value(_ find: () -> Set<[String]>) -> Set<[String]> {
    if let known = seen.withLock({ $0 }) { return known }
    let found = find()
    seen.withLock { $0 = found }
    return found
  }
}

/// Collects the scripts of a requirement, also from loops over a table.
@resultBuilder
public enum ScriptsBuilder {
  /// One script.
  public static func buildExpression(_ script: Script) -> [Script] { [script] }
  /// Several scripts.
  public static func buildExpression(_ scripts: [Script]) -> [Script] { scripts }
  /// Scripts one after the other.
  public static func buildBlock(_ parts: [Script]...) -> [Script] { parts.flatMap { $0 } }
  /// The rounds of a loop.
  public static func buildArray(_ parts: [[Script]]) -> [Script] { parts.flatMap { $0 } }
  /// A condition without an alternative.
  public static func buildOptional(_ part: [Script]?) -> [Script] { part ?? [] }
  /// The first branch of a condition.
  public static func buildEither(first part: [Script]) -> [Script] { part }
  /// The second branch of a condition.
  public static func buildEither(second part: [Script]) -> [Script] { part }
}
