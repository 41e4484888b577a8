/// The group that packets are to be passed on to, or not any more.
///
/// Within the slot the address is at 2, its six bytes as they are on the wire.
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_EXTRA_TYPE_MCAST_ADD`.
public struct MulticastExtra: Hashable, Sendable {
  /// The address.
  public var address: ExtraPayload

  /// A group by its address; bytes that are missing are zero.
  public init(address: [UInt8]) { self.address = ExtraPayload(address) }

  /// Takes the payload of an extra for an address.
  @inlinable public init(_ payload: ExtraPayload) { address = payload }

  /// The six bytes.
  @inlinable public var payload: ExtraPayload { address }

  /// The slot that adds the group, or deletes it.
  @inlinable public func extra(_ type: ExtraType, hasMore: Bool = false) -> ExtraInfo {
    ExtraInfo(type: type, flags: hasMore ? ExtraInfo.moreFlag : 0, payload: payload)
  }
}
