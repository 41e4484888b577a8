/// What happened to the frames of one port.
public struct SimulatedNetmapCounters: Equatable, Sendable {
  /// The frames that were taken from the rings to send from.
  public var taken: UInt64 = 0
  /// Those of them that were dropped before anybody was to get them: too short, of a header that is
  /// split, to the port itself, to nobody.
  public var undirected: UInt64 = 0
  /// Those of them that were refused for their 256 fragments or more.
  public var refused: UInt64 = 0
  /// The frames that were put into the rings to receive from.
  public var received: UInt64 = 0
  /// The frames for this port that found no room, no ring, or could not be converted for it.
  public var missed: UInt64 = 0

  /// Creates counters of zero.
  public init() {}
}
