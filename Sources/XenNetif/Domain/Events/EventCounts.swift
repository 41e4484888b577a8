/// What has happened to one end of an event channel.
public struct EventCounts: Equatable, Sendable {
  /// How often the other end has raised it.
  public var raised = 0
  /// How often it has been taken as pending.
  public var taken = 0
  /// How often the handling of its events has ended, spurious ones included.
  public var unmasked = 0
  /// How often the handling has ended with nothing done.
  public var spurious = 0

  /// Counts that are all 0.
  public init() {}
}
