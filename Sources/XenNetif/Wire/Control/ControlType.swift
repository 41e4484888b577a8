/// What a request of the control ring asks for.
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_CTRL_TYPE_*`.
public struct ControlType: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: UInt16
  /// The type of a number, which need not be one of those below.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Which kinds of packets can be hashed.
  public static let getHashFlags = ControlType(rawValue: 1)
  /// Which kinds of packets are to be hashed.
  public static let setHashFlags = ControlType(rawValue: 2)
  /// The key to hash with.
  public static let setHashKey = ControlType(rawValue: 3)
  /// How long the table from hashes to queues may be.
  public static let getHashMappingSize = ControlType(rawValue: 4)
  /// How long the table from hashes to queues is.
  public static let setHashMappingSize = ControlType(rawValue: 5)
  /// What is in the table from hashes to queues.
  public static let setHashMapping = ControlType(rawValue: 6)
  /// How packets are hashed.
  public static let setHashAlgorithm = ControlType(rawValue: 7)
  /// How many grants can be kept mapped.
  public static let getGrantMappingSize = ControlType(rawValue: 8)
  /// Grants that are to be kept mapped.
  public static let addGrantMapping = ControlType(rawValue: 9)
  /// Grants that are not to be kept mapped any more.
  public static let deleteGrantMapping = ControlType(rawValue: 10)
}
