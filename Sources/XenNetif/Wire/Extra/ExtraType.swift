/// What an extra slot is about.
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_EXTRA_TYPE_*`; ``headroom`` from Linux's copy of it.
public struct ExtraType: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: UInt8
  /// The type of a number, which need not be one of those below.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  // Computed: stored ones would be looked up by a call for each slot.

  /// Nothing; never valid in a ring.
  @inlinable public static var none: ExtraType { ExtraType(rawValue: 0) }
  /// The packet is to be cut into segments: ``SegmentationExtra``.
  @inlinable public static var segmentation: ExtraType { ExtraType(rawValue: 1) }
  /// Packets to a group are to be passed on from now: ``MulticastExtra``.
  @inlinable public static var multicastAdd: ExtraType { ExtraType(rawValue: 2) }
  /// Packets to a group are not to be passed on any more: ``MulticastExtra``.
  @inlinable public static var multicastDelete: ExtraType { ExtraType(rawValue: 3) }
  /// The packet's hash: ``HashExtra``.
  @inlinable public static var hash: ExtraType { ExtraType(rawValue: 4) }
  /// The room in front of the packet: ``HeadroomExtra``.
  @inlinable public static var headroom: ExtraType { ExtraType(rawValue: 5) }
}
