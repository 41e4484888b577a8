/// Makes a fresh bench for each case.
public struct TestbenchFactory: Sendable {
  /// The backend's name, as the command line and reports give it.
  public let name: String
  /// The family of the backend, such as `tap`; empty if it belongs to none.
  public let family: String
  private let makeBench: @Sendable (BenchOptions) throws(BenchError) -> any Testbench

  /// Creates a factory of benches for the backend called `name`.
  public init(
    name: String,
    family: String = "",
    make: @escaping @Sendable (BenchOptions) throws(BenchError) -> any Testbench
  ) {
    self.name = name
    self.family = family
    makeBench = make
  }

  /// Whether a requirement concerns this backend and has a test: one of its cases at least is for
  /// the backend's family.
  public func plays(_ requirement: Requirement) -> Bool {
    guard requirement.untestable == nil else { return false }
    return requirement.scripts.contains { script in
      script.bench.families.isEmpty || script.bench.families.contains(family)
    }
  }

  /// Makes a bench with the geometry that a script asks for.
  public func make(_ options: BenchOptions = BenchOptions()) throws(BenchError) -> any Testbench {
    try makeBench(options)
  }
}
