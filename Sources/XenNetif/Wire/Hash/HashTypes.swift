/// The kinds of packets that are hashed.
///
/// An extra slot has the number of one of these bits, 0 to 3, and not the bit itself.
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_CTRL_HASH_TYPE_*`.
public struct HashTypes: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt32
  /// Kinds from their bits.
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// IPv4: the two addresses.
  public static let ipv4 = HashTypes(rawValue: 0x1)
  /// TCP over IPv4: the two addresses and the two ports.
  public static let ipv4TCP = HashTypes(rawValue: 0x2)
  /// IPv6: the two addresses.
  public static let ipv6 = HashTypes(rawValue: 0x4)
  /// TCP over IPv6: the two addresses and the two ports.
  public static let ipv6TCP = HashTypes(rawValue: 0x8)
}

/// How packets are hashed.
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_CTRL_HASH_ALGORITHM_*`.
public struct HashAlgorithm: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: UInt32
  /// The algorithm of a number, which need not be one of those below.
  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Not at all.
  public static let none = HashAlgorithm(rawValue: 0)
  /// With ``ToeplitzHash``.
  public static let toeplitz = HashAlgorithm(rawValue: 1)
}
