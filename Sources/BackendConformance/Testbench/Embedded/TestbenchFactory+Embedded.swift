extension TestbenchFactory {
  /// A factory of benches around two backends that are opened in this process, each on a link of its
  /// own.
  ///
  /// - Parameter makeLink: Makes a fresh link; called twice for each bench.
  public static func embedded(
    _ name: String,
    families: Set<String> = [],
    makeLink: @escaping @Sendable () throws(BenchError) -> EmbeddedLink
  ) -> TestbenchFactory {
    TestbenchFactory(name: name, families: families) { options throws(BenchError) in
      guard options.options.isEmpty else {
        let names = options.options.keys.sorted().joined(separator: ", ")
        throw .unsupported("the bench has no options: \(names)")
      }
      var (first, second) = (try makeLink(), try makeLink())
      (first.name, second.name) = ("\(name) 1", "\(name) 2")
      return EmbeddedTestbench(families: families, link: first, second: second)
    }
  }
}
