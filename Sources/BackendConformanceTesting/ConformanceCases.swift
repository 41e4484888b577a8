public import BackendConformance

/// The requirements that one backend is held to, each the argument of one Swift Testing case.
///
/// ```swift
/// @Test(arguments: ConformanceCases("mine") { EmbeddedTestbench(farSide: …) { … } })
/// func conforms(to requirement: ConformanceCase) throws { try requirement.check() }
/// ```
///
/// The cases of a test run at the same time. A backend whose device can be open only once needs the
/// trait `.serialized`.
///
/// The last case is that something was tested: it fails if no requirement can be played on the bench.
public struct ConformanceCases: RandomAccessCollection, Sendable {
  /// Makes a fresh bench for each script.
  public let factory: TestbenchFactory
  /// The expectations in force.
  public let profile: Profile
  /// The requirements that concern the backend.
  public let requirements: [Requirement]
  /// Why requirements are excluded, by slug.
  public private(set) var exclusions: [String: String] = [:]

  /// Lists what a backend is held to.
  ///
  /// - Parameters:
  ///   - name: The backend's name, as failures give it.
  ///   - family: The family whose requirements it is held to besides those for every backend.
  ///   - make: Makes a fresh bench; called for each script.
  public init(
    _ name: String,
    family: String = "",
    make: @escaping @Sendable () throws(BenchError) -> any Testbench
  ) {
    let factory = TestbenchFactory(name: name, family: family) { options throws(BenchError) in
      guard options.options.isEmpty else {
        let names = options.options.keys.sorted().joined(separator: ", ")
        throw .unsupported("the bench has no options: \(names)")
      }
      return try make()
    }
    self.init(factory)
  }

  /// Lists what the backend of a factory is held to.
  ///
  /// - Parameter requirements: Those it is chosen from; the whole catalogue unless said otherwise.
  public init(
    _ factory: TestbenchFactory,
    profile: Profile = .strict,
    requirements: [Requirement] = Catalogue.all
  ) {
    self.factory = factory
    self.profile = profile
    self.requirements = requirements.filter(factory.plays)
  }

  /// The same cases, of which one is reported as cancelled, with the reason, and not played.
  ///
  /// A slug that is not among ``requirements``, and a reason without words, make the last case fail.
  public func excluding(_ slug: String, because reason: String) -> ConformanceCases {
    var copy = self
    copy.exclusions[slug] = reason
    return copy
  }

  /// The position of the first case.
  public var startIndex: Int { 0 }

  /// The position after the last case.
  public var endIndex: Int { requirements.count + 1 }

  /// The case at a position.
  public subscript(position: Int) -> ConformanceCase {
    position < requirements.count
      ? ConformanceCase(.requirement(requirements[position]), of: self)
      : ConformanceCase(.somethingIsTested, of: self)
  }
}
