public import BackendConformance

/// A backend that is wrong in exactly one way, named by the requirement it breaks.
public struct Mutant: Sendable {
  /// The name: the family, a full stop, and what it does wrong.
  public let name: String
  /// The slug of the requirement that finds it.
  public let breaks: String
  /// A part of what the failure says was observed.
  public let observed: String
  /// Makes benches with the wrong backend.
  public let factory: TestbenchFactory

  init(_ name: String, breaks: String, observed: String, factory: TestbenchFactory) {
    self.name = name
    self.breaks = breaks
    self.observed = observed
    self.factory = factory
  }
}
