/// Makes a fresh bench for each case.
public struct TestbenchFactory: Sendable {
  /// The backend's name, as the command line and reports give it.
  public let name: String
  /// The families of the backend, such as `tap`, or `netmap` and `vale`.
  public let families: Set<String>
  /// The quirks that the backend is known for: a failure that is one of them is named after it.
  public let departures: [Quirk]
  /// Whether several benches may be in use at once, as none touches what another one does.
  public let sharesNothing: Bool
  private let makeBench: @Sendable (BenchOptions, Profile) throws(BenchError) -> any Testbench

  /// Creates a factory of benches for the backend called `name`.
  public init(
    name: String,
    families: Set<String> = [],
    departures: [Quirk] = [],
    sharesNothing: Bool = false,
    make: @escaping @Sendable (BenchOptions) throws(BenchError) -> any Testbench
  ) {
    self.init(
      name: name,
      families: families,
      departures: departures,
      sharesNothing: sharesNothing,
      following: { options, _ throws(BenchError) in try make(options) }
    )
  }

  /// Creates a factory of benches whose backend follows the options of a profile.
  public init(
    name: String,
    families: Set<String> = [],
    departures: [Quirk] = [],
    sharesNothing: Bool = false,
    following make: @escaping @Sendable (BenchOptions, Profile) throws(BenchError) -> any Testbench
  ) {
    self.name = name
    self.families = families
    self.departures = departures
    self.sharesNothing = sharesNothing
    makeBench = make
  }

  /// Whether a requirement concerns this backend and can be tested: one case at least is for a family
  /// of the backend's, if it has cases of its own.
  public func plays(_ requirement: Requirement) -> Bool {
    // One without cases of its own may be played with fixtures.
    let cases = requirement.caseFamilies
    let choices = cases.isEmpty ? [requirement.families] : cases
    let isConcerned = choices.contains { $0.isEmpty || !families.isDisjoint(with: $0) }
    return isConcerned && requirement.untestable == nil
  }

  /// The cases of a requirement that are for this backend.
  public func scripts(of requirement: Requirement) -> [Script] {
    requirement.scripts.filter { script in
      script.bench.families.isEmpty || !families.isDisjoint(with: script.bench.families)
    }
  }

  /// Makes a bench with the geometry that a script asks for.
  ///
  /// - Parameter profile: What the backend does where a specification leaves it open, if the bench has a
  ///   backend that can be told.
  public func make(
    _ options: BenchOptions = BenchOptions(),
    profile: Profile = .strict
  ) throws(BenchError) -> any Testbench {
    try makeBench(options, profile)
  }
}
