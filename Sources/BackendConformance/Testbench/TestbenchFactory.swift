/// Makes a fresh bench for each case.
public struct TestbenchFactory: Sendable {
  /// The backend's name, as the command line and reports give it.
  public let name: String
  /// The family of the backend, such as `tap`; empty if it belongs to none.
  public let family: String
  /// The quirks that the backend is known for: a failure that is one of them is named after it.
  public let departures: [Quirk]
  private let makeBench: @Sendable (BenchOptions) throws(BenchError) -> any Testbench

  /// Creates a factory of benches for the backend called `name`.
  public init(
    name: String,
    family: String = "",
    departures: [Quirk] = [],
    make: @escaping @Sendable (BenchOptions) throws(BenchError) -> any Testbench
  ) {
    self.name = name
    self.family = family
    self.departures = departures
    makeBench = make
  }

  /// Whether a requirement concerns this backend and can be tested: one case at least is for the
  /// backend's family, if it has cases of its own.
  public func plays(_ requirement: Requirement) -> Bool {
    // One without cases of its own may be played with fixtures.
    let scripts = requirement.scripts.map(\.bench.families)
    let families = scripts.isEmpty ? [requirement.families] : scripts
    let isConcerned = families.contains { $0.isEmpty || $0.contains(family) }
    return isConcerned && requirement.untestable == nil
  }

  /// Makes a bench with the geometry that a script asks for.
  public func make(_ options: BenchOptions = BenchOptions()) throws(BenchError) -> any Testbench {
    try makeBench(options)
  }
}
