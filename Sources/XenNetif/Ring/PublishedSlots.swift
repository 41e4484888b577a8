/// Slots that the other side has published, from one index on.
///
/// They can still be overwritten, so each is to be copied once and looked at there. The view holds an
/// address: it is valid as long as the ring's page.
public struct PublishedSlots: Sendable {
  /// The ring.
  public let ring: SharedRing
  /// The index of the first slot.
  public let first: UInt32
  @usableFromInline let shortCount: UInt32

  /// The slots from an index on, of which there are at most as many as in the ring.
  @inlinable
  public init(_ ring: SharedRing, from first: UInt32, count: UInt32) {
    self.ring = ring
    self.first = first
    shortCount = min(count, UInt32(ring.geometry.shortSlotCount))
  }

  /// The number of slots; at most that of the ring.
  @inlinable public var count: Int { Int(shortCount) }

  /// The slots behind the first of them.
  @inlinable
  public func dropping(_ slots: Int) -> PublishedSlots {
    let dropped = UInt32(clamping: min(slots, count))
    return PublishedSlots(ring, from: first &+ dropped, count: shortCount &- dropped)
  }
}
