/// The positions of a ring of any number of slots, which follow each other round and round.
public struct RingIndices: Equatable, Sendable {
  /// The number of slots; at least 1.
  public let count: UInt32

  /// The positions of a ring of `count` slots.
  @inlinable public init(count: UInt32) { self.count = count }

  /// The position behind another.
  @inlinable public func next(_ position: UInt32) -> UInt32 {
    let next = position &+ 1
    // A branch that is seldom taken, and not a choice that the next position has to wait for.
    return _fastPath(next != count) ? next : 0
  }

  /// The position `distance` slots further, which is at most the number of slots.
  @inlinable public func advance(_ position: UInt32, by distance: UInt32) -> UInt32 {
    let sum = UInt64(position) + UInt64(distance)
    return UInt32(truncatingIfNeeded: sum >= UInt64(count) ? sum - UInt64(count) : sum)
  }

  /// The number of slots from one position up to, and without, another.
  @inlinable public func distance(from start: UInt32, to end: UInt32) -> UInt32 {
    end >= start ? end &- start : end &+ (count &- start)
  }

  /// Whether a number is a position at all.
  @inlinable public func contains(_ position: UInt32) -> Bool { position < count }
}
