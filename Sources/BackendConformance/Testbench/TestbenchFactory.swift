/// Makes a fresh bench for each case.
public struct TestbenchFactory: Sendable {
  /// The backend's name, as the command line and reports give it.
  public let name: String
  private let makeBench: @Sendable (BenchOptions) throws(BenchError) -> any Testbench

  /// Creates a factory of benches for the backend called `name`.
  public init(
    name: String,
    make: @escaping @Sendable (BenchOptions) throws(BenchError) -> any Testbench
  ) {
    self.name = name
    makeBench = make
  }

  /// Makes a bench with the geometry that a script asks for.
  public func make(_ options: BenchOptions = BenchOptions()) throws(BenchError) -> any Testbench {
    try makeBench(options)
  }
}
