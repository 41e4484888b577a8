/// What a netback offers its frontend by keys in the store.
public struct NetbackOffers: OptionSet, Hashable, Sendable {
  /// The bits, which have no meaning outside.
  public let rawValue: UInt32
  /// A set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Packets of several slots.
  public static let scatterGather = NetbackOffers(rawValue: 1 << 0)
  /// TCP over IPv4 that is still to be cut.
  public static let segmentation4 = NetbackOffers(rawValue: 1 << 1)
  /// TCP over IPv6 that is still to be cut.
  public static let segmentation6 = NetbackOffers(rawValue: 1 << 2)
  /// Checksums over IPv6 that are still to be filled in.
  public static let checksum6 = NetbackOffers(rawValue: 1 << 3)
  /// Headroom in front of received packets.
  public static let headroom = NetbackOffers(rawValue: 1 << 4)
  /// A list of the groups whose frames the frontend wants.
  public static let multicastControl = NetbackOffers(rawValue: 1 << 5)
  /// The same, switched on and off while connected.
  public static let dynamicMulticastControl = NetbackOffers(rawValue: 1 << 6)
  /// One event channel for each ring.
  public static let splitChannels = NetbackOffers(rawValue: 1 << 7)
  /// A control ring.
  public static let controlRing = NetbackOffers(rawValue: 1 << 8)
  /// More queues than one.
  public static let queues = NetbackOffers(rawValue: 1 << 9)

  /// Everything.
  public static let all = NetbackOffers(rawValue: (1 << 10) - 1)

  /// The keys that say so, in the order in which they are written, with what is always said.
  func keys(maximumQueues: Int) -> [(key: String, value: String)] {
    let flags: [(NetbackOffers, String)] = [
      (.scatterGather, "feature-sg"), (.segmentation4, "feature-gso-tcpv4"),
      (.segmentation6, "feature-gso-tcpv6"), (.checksum6, "feature-ipv6-csum-offload"),
      (.headroom, "feature-xdp-headroom"), (.multicastControl, "feature-multicast-control"),
      (.dynamicMulticastControl, "feature-dynamic-multicast-control"),
      (.splitChannels, "feature-split-event-channels"), (.controlRing, "feature-ctrl-ring"),
    ]
    var keys = [("feature-rx-copy", "1"), ("feature-rx-flip", "0")]
    keys += flags.filter { contains($0.0) }.map { ($0.1, "1") }
    if contains(.queues) { keys.append(("multi-queue-max-queues", "\(maximumQueues)")) }
    return keys
  }
}
