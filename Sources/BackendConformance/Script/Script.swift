/// A scenario's case as a value: the actions in order, each with what it may observe.
///
/// Scripts of the catalogue, fixtures, generated sequences and counterexamples are all of this type.
public struct Script: Equatable, Sendable {
  /// The version of the form scripts are stored in.
  public static let schema = 1

  /// The slug of the requirement that the script belongs to.
  public var requirement: String
  /// What tells this case from the others of the requirement.
  public var name: String
  /// What the bench must be like.
  public var bench: BenchOptions
  /// The name of the profile whose expectations the script holds; `nil` for every profile.
  public var profile: String?
  /// The actions.
  public var steps: [Step]

  /// Creates a script.
  public init(
    requirement: String = "",
    name: String,
    bench: BenchOptions = BenchOptions(),
    profile: String? = nil,
    steps: [Step]
  ) {
    self.requirement = requirement
    self.name = name
    self.bench = bench
    self.profile = profile
    self.steps = steps
  }

  /// Creates a script from the steps that a builder lists.
  public init(
    _ name: String,
    bench: BenchOptions = BenchOptions(),
    @StepBuilder steps: () -> [Step]
  ) {
    self.init(name: name, bench: bench, steps: steps())
  }

  /// All steps, nested ones included, in the order they are written.
  ///
  /// Records name a step by its position in this list.
  public var allSteps: [Step] { isFlat ? steps : steps.flatMap(\.flattened) }

  /// Whether no step contains others, as in most scripts.
  private var isFlat: Bool { steps.allSatisfy { $0.nested.isEmpty } }

  /// The positions of the steps that are played once a round, in ``allSteps``.
  var repeatedSteps: Set<Int> {
    var positions: Set<Int> = []
    guard !isFlat else { return positions }
    for (position, step) in allSteps.enumerated() {
      switch step.action {
      case .repeated: positions.formUnion(position + 1..<position + step.size)
      // A callback plays its steps whenever it is called back, in no round.
      case .whenCalledBack: positions.subtract(position + 1..<position + step.size)
      default: break
      }
    }
    return positions
  }
}

/// What a script asks of a bench: the kinds of backend it is for, and its geometry.
public struct BenchOptions: Equatable, Sendable {
  /// The families the script is for; empty for every one.
  public var families: [String]
  /// Options of the bench by name, such as a ring's `slots`.
  public var options: [String: Int]

  /// Creates options; without arguments, those of every bench.
  public init(families: [String] = [], options: [String: Int] = [:]) {
    self.families = families
    self.options = options
  }
}

/// Collects steps, also from conditions and loops.
@resultBuilder
public enum StepBuilder {
  /// One step.
  public static func buildExpression(_ step: Step) -> [Step] { [step] }
  /// Several steps.
  public static func buildExpression(_ steps: [Step]) -> [Step] { steps }
  /// Steps one after the other.
  public static func buildBlock(_ parts: [Step]...) -> [Step] { parts.flatMap { $0 } }
  /// The rounds of a loop.
  public static func buildArray(_ parts: [[Step]]) -> [Step] { parts.flatMap { $0 } }
  /// A condition without an alternative.
  public static func buildOptional(_ part: [Step]?) -> [Step] { part ?? [] }
  /// The first branch of a condition.
  public static func buildEither(first part: [Step]) -> [Step] { part }
  /// The second branch of a condition.
  public static func buildEither(second part: [Step]) -> [Step] { part }
}
