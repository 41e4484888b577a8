public import SystemPackage

/// The page of a ring, seen by the domain that made it: every byte can be read and written.
public final class GuestRing: Sendable {
  /// The page.
  public let page: GuestPage
  /// The ring in it.
  public let ring: SharedRing

  /// What the slots hold before anything is put into them, and the bytes behind them always.
  public static let canary: UInt8 = 0xCC

  /// Makes a ring that is empty at an index.
  public init(_ geometry: RingGeometry, at start: UInt32 = 0) throws(Errno) {
    page = try GuestPage()
    ring = SharedRing(page.memory, geometry)
    reset(at: start)
  }

  /// Makes the ring empty at an index, with canaries in all bytes behind the header.
  public func reset(at start: UInt32 = 0) {
    page.fill(Self.canary, in: RingGeometry.headerSize..<GuestPage.count)
    ring.initialise(at: start)
  }

  /// All bytes of the slot of an index.
  public func slotBytes(_ index: UInt32) -> [UInt8] {
    let offset = ring.geometry.offset(of: index)
    return page[offset..<offset + ring.geometry.slotSize]
  }

  /// Stores bytes into the slot of an index, at most as many as it has.
  public func storeSlot(_ bytes: [UInt8], at index: UInt32) {
    page.store(bytes.prefix(ring.geometry.slotSize), at: ring.geometry.offset(of: index))
  }

  /// Whether the bytes that are nobody's are as they were: zeros in the header, canaries behind the
  /// slots.
  public var isUnusedIntact: Bool {
    page.isFilled(0, in: 16..<RingGeometry.headerSize)
      && page.isFilled(Self.canary, in: ring.geometry.usedSize..<GuestPage.count)
  }
}
