/// What a descriptor is ready for.
public struct Readiness: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// Creates a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// A read does not block.
  public static let readable = Readiness(rawValue: 1)
  /// The other side has gone, or the descriptor is in error.
  public static let hangUp = Readiness(rawValue: 2)
}

/// Finds out which descriptors are ready: `poll(2)`, or a simulator's own.
public protocol DescriptorPoller: Sendable {
  /// The readiness of each descriptor, after at most `milliseconds` if none is ready at once.
  func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness]
}
