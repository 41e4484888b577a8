/// The flags of a response with received bytes.
///
/// The two for checksums have their values the other way round than ``TransmitFlags``.
///
/// Source: Xen `io/netif.h`, `NETRXF_*`.
public struct ReceiveFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt16
  /// Flags from their bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  // Computed: stored ones would be looked up by a call for each slot.

  /// The packet's checksums are known to be right.
  @inlinable public static var dataValidated: ReceiveFlags { ReceiveFlags(rawValue: 0x1) }
  /// The checksum of TCP or UDP is still to be filled in.
  @inlinable public static var checksumBlank: ReceiveFlags { ReceiveFlags(rawValue: 0x2) }
  /// Another response of the same packet follows.
  @inlinable public static var moreData: ReceiveFlags { ReceiveFlags(rawValue: 0x4) }
  /// An extra slot follows; only in the first response of a packet.
  @inlinable public static var extraInfo: ReceiveFlags { ReceiveFlags(rawValue: 0x8) }
  /// A slot in front of a packet that is to be segmented; deprecated in favour of extra slots.
  @inlinable public static var segmentationPrefix: ReceiveFlags { ReceiveFlags(rawValue: 0x10) }
}
