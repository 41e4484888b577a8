/// The room that was left in front of a received packet.
///
/// Within the slot the headroom is at 2 (16 bits); four bytes of zeros follow.
///
/// Source: Linux `xen/interface/io/netif.h`, `XEN_NETIF_EXTRA_TYPE_XDP`.
public struct HeadroomExtra: Hashable, Sendable {
  /// The bytes in front of the packet in each of its pages.
  public var headroom: UInt16

  /// A headroom in bytes.
  @inlinable public init(headroom: UInt16) { self.headroom = headroom }

  /// Takes the payload of an extra for a headroom.
  @inlinable public init(_ payload: ExtraPayload) { headroom = payload.short(at: 0) }

  /// The six bytes.
  @inlinable public var payload: ExtraPayload { ExtraPayload(word: UInt64(headroom)) }

  /// The slot that says so.
  @inlinable public func extra(hasMore: Bool = false) -> ExtraInfo {
    ExtraInfo(type: .headroom, flags: hasMore ? ExtraInfo.moreFlag : 0, payload: payload)
  }
}
