internal import SystemPackage

/// One queue of a frontend: a ring to send and a ring to receive.
public final class FrontendQueue: Sendable {
  /// What sends.
  public let transmit: TransmitSide
  /// What receives.
  public let receive: ReceiveSide

  /// Makes the rings of a queue; with one channel for both, or with two.
  init(
    _ domain: SimulatedDomain,
    for partner: Domain,
    isSplit: Bool,
    transmitStart: UInt32,
    receiveStart: UInt32
  ) throws(Errno) {
    let channel = domain.offerChannel(to: partner)
    transmit = try TransmitSide(domain, for: partner, channel: channel, at: transmitStart)
    receive = try ReceiveSide(
      domain,
      for: partner,
      channel: isSplit ? domain.offerChannel(to: partner) : channel,
      at: receiveStart
    )
  }

  /// Whether each ring has a channel of its own.
  public var isSplit: Bool { transmit.channel != receive.channel }

  /// The keys that tell the backend of this queue.
  public var keys: [(name: String, value: String)] {
    let rings = [
      ("tx-ring-ref", "\(transmit.grant.rawValue)"), ("rx-ring-ref", "\(receive.grant.rawValue)"),
    ]
    guard isSplit else { return rings + [("event-channel", "\(transmit.channel.rawValue)")] }
    return rings + [
      ("event-channel-tx", "\(transmit.channel.rawValue)"),
      ("event-channel-rx", "\(receive.channel.rawValue)"),
    ]
  }
}
