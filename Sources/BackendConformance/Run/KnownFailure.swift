/// One failure that is known, and for now accepted.
public struct KnownFailure: Equatable, Sendable {
  /// The slug of the requirement that fails.
  public var slug: String
  /// The backend on which it fails; `nil` for every one.
  public var backend: String?
  /// The number of the step that fails, as failures give it.
  public var step: Int
  /// Why it fails and is accepted.
  public var reason: String
  /// The last day on which it is accepted; `nil` for ever.
  public var until: CalendarDate?

  /// Creates an entry.
  public init(
    slug: String,
    backend: String? = nil,
    step: Int,
    reason: String,
    until: CalendarDate? = nil
  ) {
    self.slug = slug
    self.backend = backend
    self.step = step
    self.reason = reason
    self.until = until
  }

  /// Whether it is no longer accepted on a day.
  public func isExpired(on today: CalendarDate) -> Bool { until.map { $0 < today } ?? false }

  /// Whether it is about the scenario of a result, failed or not.
  func concerns(_ result: ScenarioResult) -> Bool {
    slug == result.requirement.slug && (backend ?? result.backend) == result.backend
  }
}
