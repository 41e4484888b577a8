/// The flags of a request to send.
///
/// The two for checksums have their values the other way round than ``ReceiveFlags``.
///
/// Source: Xen `io/netif.h`, `NETTXF_*`.
public struct TransmitFlags: OptionSet, Hashable, Sendable {
  /// The bits; those without a name have no meaning.
  public let rawValue: UInt16
  /// Flags from their bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  // Computed: stored ones would be looked up by a call for each slot.

  /// The checksum of TCP or UDP is still to be filled in.
  @inlinable public static var checksumBlank: TransmitFlags { TransmitFlags(rawValue: 0x1) }
  /// The packet's checksums are known to be right.
  @inlinable public static var dataValidated: TransmitFlags { TransmitFlags(rawValue: 0x2) }
  /// Another request of the same packet follows.
  @inlinable public static var moreData: TransmitFlags { TransmitFlags(rawValue: 0x4) }
  /// An extra slot follows; only in the first request of a packet.
  @inlinable public static var extraInfo: TransmitFlags { TransmitFlags(rawValue: 0x8) }
}
