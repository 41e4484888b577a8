internal import Synchronization
public import SystemPackage

/// The half of a frontend's queue that receives.
public final class ReceiveSide: Sendable {
  /// The page of the ring.
  public let page: GuestRing
  /// Its grant.
  public let grant: GrantReference
  /// The channel that is raised for it.
  public let channel: EventChannel
  private let domain: SimulatedDomain
  private let state: Mutex<ReceiveState>

  init(
    _ domain: SimulatedDomain,
    for partner: Domain,
    channel: EventChannel,
    at start: UInt32
  ) throws(Errno) {
    page = try GuestRing(.receive, at: start)
    grant = domain.grant(page.page, to: partner)
    self.channel = channel
    self.domain = domain
    state = Mutex(
      ReceiveState(
        ring: FrontRing(initialising: page.ring, at: start),
        pool: BufferPool(
          domain,
          for: partner,
          isReadOnly: false,
          count: page.ring.geometry.slotCount
        )
      )
    )
  }

  /// The number of requests that can be posted before frames have to be taken.
  public var room: Int { state.withLock { Int($0.ring.room) } }

  /// What the backend did that it may not do.
  public var violations: [BackendViolation] { state.withLock { $0.violations } }

  /// Posts pages to receive into, which the backend does not see before ``publish()``.
  ///
  /// - Returns: How many; fewer than `count` if the ring has no room for more.
  @discardableResult
  public func post(_ count: Int) throws(Errno) -> Int {
    try state.withLock { (state) throws(Errno) in try state.post(count) }
  }

  /// The requests that have not been answered, in the order of the ring.
  public var posted: [ReceiveRequest] { state.withLock { $0.requests } }

  /// The page of a request that has not been answered; `nil` if there is none.
  public func page(of id: UInt16) -> GuestPage? {
    state.withLock { $0.pool.buffers[id]?.page }
  }

  /// Shows the backend what has been posted, and raises the channel if it wants that.
  ///
  /// - Returns: Whether the channel was raised.
  @discardableResult
  public func publish() -> Bool {
    let isDue = state.withLock { $0.ring.push() }
    if isDue { kick() }
    return isDue
  }

  /// Raises the channel.
  public func kick() { domain.raise(channel) }

  /// Takes the frames that are there, and asks for an event for the next one.
  public func takeFrames() -> [ReceivedFrame] { state.withLock { $0.takeFrames() } }

  /// Makes the ring empty at an index, as before a new connection; what was posted is forgotten.
  public func reset(at start: UInt32 = 0) {
    state.withLock { state in
      page.reset(at: start)
      state.forget()
      state.ring = FrontRing(initialising: page.ring, at: start)
    }
  }

  func revokeAll() {
    domain.revoke(grant)
    state.withLock { $0.pool.revokeAll() }
  }
}
