/// How a frontend connects.
public struct FrontendConfiguration: Sendable {
  /// The number of queues; at least 1.
  public var queues = 1
  /// Whether each ring has a channel of its own.
  public var isSplit = false
  /// Whether there is a control ring.
  public var hasControl = false
  /// The index that the rings to send begin with.
  public var transmitStart: UInt32 = 0
  /// The index that the rings to receive begin with.
  public var receiveStart: UInt32 = 0
  /// The keys that say what the frontend can do, with their values.
  public var features = FrontendConfiguration.usualFeatures

  /// One queue with one channel, and what Linux's frontend can do.
  public init() {}

  /// What Linux's frontend says of itself.
  ///
  /// Source: Linux `drivers/net/xen-netfront.c`, `talk_to_netback`.
  public static let usualFeatures = [
    "request-rx-copy": "1", "feature-rx-notify": "1", "feature-sg": "1", "feature-gso-tcpv4": "1",
    "feature-gso-tcpv6": "1", "feature-ipv6-csum-offload": "1",
  ]
}
