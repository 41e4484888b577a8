/// An arrangement that what others do with a grant fails.
public struct GrantFault: Equatable, Sendable {
  /// What they do.
  public enum Operation: Sendable {
    /// Copying from or to it.
    case copy
    /// Mapping it.
    case map
  }

  /// What fails.
  public var operation: Operation
  /// What comes of it instead.
  public var status: GrantStatus
  /// When.
  public var schedule: FaultSchedule

  /// Has operations fail.
  public init(
    _ operation: Operation,
    with status: GrantStatus,
    _ schedule: FaultSchedule = .always
  ) {
    self.operation = operation
    self.status = status
    self.schedule = schedule
  }
}
