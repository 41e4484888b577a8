/// That a producer is further ahead than there are slots, or behind: the other side is wrong.
///
/// Source: XSA-39.
public struct RingOverflow: Error, Hashable, Sendable, CustomStringConvertible {
  /// The producer in the header.
  public var producer: UInt32
  /// The index that it is counted from.
  public var consumer: UInt32
  /// The most that may lie between them.
  public var limit: UInt32

  /// An overflow.
  public init(producer: UInt32, consumer: UInt32, limit: UInt32) {
    self.producer = producer
    self.consumer = consumer
    self.limit = limit
  }

  /// The two indices and what lies between them.
  public var description: String {
    "the producer \(producer) is \(producer &- consumer) ahead of \(consumer); \(limit) can be"
  }
}
