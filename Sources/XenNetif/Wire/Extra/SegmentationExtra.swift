/// How a packet is to be cut into segments.
///
/// Within the slot the size is at 2 (16 bits), the type at 4, padding at 5 (8 bits each), features
/// at 6 (16 bits).
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_EXTRA_TYPE_GSO`.
public struct SegmentationExtra: Hashable, Sendable {
  /// The most bytes of data in a segment, headers aside.
  public var size: UInt16
  /// The kind of packet.
  public var type: SegmentationType
  /// Nothing; zero.
  public var padding: UInt8
  /// What else is needed; no bit has a meaning.
  public var features: UInt16

  /// A segmentation.
  @inlinable
  public init(size: UInt16, type: SegmentationType, padding: UInt8 = 0, features: UInt16 = 0) {
    self.size = size
    self.type = type
    self.padding = padding
    self.features = features
  }

  /// Takes the payload of an extra for a segmentation.
  @inlinable
  public init(_ payload: ExtraPayload) {
    size = payload.short(at: 0)
    type = SegmentationType(rawValue: payload.byte(at: 2))
    padding = payload.byte(at: 3)
    features = payload.short(at: 4)
  }

  /// The six bytes.
  @inlinable public var payload: ExtraPayload {
    ExtraPayload(
      word: UInt64(size) | UInt64(type.rawValue) &<< 16 | UInt64(padding) &<< 24
        | UInt64(features) &<< 32
    )
  }

  /// The slot that says so.
  @inlinable public func extra(hasMore: Bool = false) -> ExtraInfo {
    ExtraInfo(type: .segmentation, flags: hasMore ? ExtraInfo.moreFlag : 0, payload: payload)
  }
}

/// The kind of packet that is to be cut into segments.
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_GSO_TYPE_*`.
public struct SegmentationType: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: UInt8
  /// The kind of a number, which need not be one of those below.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Not to be cut; never valid in a ring.
  @inlinable public static var none: SegmentationType { SegmentationType(rawValue: 0) }
  /// TCP over IPv4.
  @inlinable public static var tcp4: SegmentationType { SegmentationType(rawValue: 1) }
  /// TCP over IPv6.
  @inlinable public static var tcp6: SegmentationType { SegmentationType(rawValue: 2) }
}
