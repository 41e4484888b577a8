public import BackendConformance

/// The requirements that one backend is held to, each the argument of one Swift Testing case.
///
/// ```swift
/// @Test(arguments: ConformanceCases("mine") { EmbeddedLink(farSide: …) { request in … } })
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

  /// Lists what a backend is held to that is opened in this process.
  ///
  /// - Parameters:
  ///   - name: The backend's name, as failures give it.
  ///   - families: The families whose requirements it is held to besides those for every backend.
  ///   - makeLink: Makes a fresh link; called twice for each script, as some need two backends.
  public init(
    _ name: String,
    families: Set<String> = [],
    makeLink: @escaping @Sendable () throws(BenchError) -> EmbeddedLink
  ) {
    self.init(.embedded(name, families: families, makeLink: makeLink))
  }

  /// Lists what the backend of a factory is held to: for benches with more instruments, or with a
  /// backend of which there can be only one.
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

  /// The same cases, of which one is not played but reported as a warning, with the reason.
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
