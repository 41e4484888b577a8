public import SystemPackage

/// A frontend in memory that keeps to the protocol, and lets a script do anything else by hand.
///
/// It does what it is told and nothing by itself: whoever uses it follows the backend's state. Rings,
/// pages, grants and channels are in reach, so that a script can write what no frontend would.
public final class Frontend: Sendable {
  /// The domain it runs in.
  public let domain: SimulatedDomain
  /// Where it meets the backend in the store.
  public let directories: InterfaceDirectories
  /// How it connects.
  public let configuration: FrontendConfiguration
  /// Its queues.
  public let queues: [FrontendQueue]
  /// Its control ring, if it has one.
  public let control: ControlSide?

  /// Makes rings and channels; nothing is said in the store.
  public init(
    _ domain: SimulatedDomain,
    at directories: InterfaceDirectories,
    _ configuration: FrontendConfiguration = FrontendConfiguration()
  ) throws(Errno) {
    self.domain = domain
    self.directories = directories
    self.configuration = configuration
    var queues: [FrontendQueue] = []
    for _ in 0..<configuration.queues {
      queues.append(
        try FrontendQueue(
          domain,
          for: directories.backend,
          isSplit: configuration.isSplit,
          transmitStart: configuration.transmitStart,
          receiveStart: configuration.receiveStart
        )
      )
    }
    self.queues = queues
    control = configuration.hasControl ? try ControlSide(domain, for: directories.backend) : nil
  }

  /// What sends in the first queue.
  public var transmit: TransmitSide { queues[0].transmit }
  /// What receives in the first queue.
  public var receive: ReceiveSide { queues[0].receive }

  /// What the backend did that it may not do, in all queues.
  public var violations: [BackendViolation] {
    queues.flatMap { $0.transmit.violations + $0.receive.violations }
  }

  /// Grants a page with some bytes to the backend, such as a key for hashing.
  public func grant(_ bytes: [UInt8], isReadOnly: Bool = true) throws(Errno) -> GrantReference {
    let page = try GuestPage()
    page.store(bytes)
    return domain.grant(page, to: directories.backend, isReadOnly: isReadOnly)
  }

  /// Makes all rings empty at the indices they began with, as before a new connection.
  public func reset() {
    for queue in queues {
      queue.transmit.reset(at: configuration.transmitStart)
      queue.receive.reset(at: configuration.receiveStart)
    }
    control?.reset()
  }

  /// Takes back all grants of rings and buffers, and gives the channels back.
  public func release() {
    for queue in queues {
      queue.transmit.revokeAll()
      queue.receive.revokeAll()
      domain.closeChannel(queue.transmit.channel)
      domain.closeChannel(queue.receive.channel)
    }
    if let control {
      domain.revoke(control.grant)
      domain.closeChannel(control.channel)
    }
  }
}
