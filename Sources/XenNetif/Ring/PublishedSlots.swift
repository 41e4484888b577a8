/// Slots that the other side has published, from one index on.
///
/// They can still be overwritten, so each is to be copied once and looked at there. The view holds an
/// address: it is valid as long as the ring's page.
public struct PublishedSlots: Sendable {
  /// The ring.
  public let ring: SharedRing
  /// The index of the first slot.
  public let first: UInt32
  /// The number of slots; at most that of the ring.
  public let count: Int

  /// The slots from an index on, of which there are at most as many as in the ring.
  public init(_ ring: SharedRing, from first: UInt32, count: UInt32) {
    self.ring = ring
    self.first = first
    self.count = min(Int(count), ring.geometry.slotCount)
  }
}
