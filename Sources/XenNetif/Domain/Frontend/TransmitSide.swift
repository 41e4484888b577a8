internal import Synchronization
internal import SystemPackage

/// The half of a frontend's queue that sends.
public final class TransmitSide: Sendable {
  /// The page of the ring.
  public let page: GuestRing
  /// Its grant.
  public let grant: GrantReference
  /// The channel that is raised for it.
  public let channel: EventChannel
  private let domain: SimulatedDomain
  private let state: Mutex<TransmitState>

  init(
    _ domain: SimulatedDomain,
    for partner: Domain,
    channel: EventChannel,
    at start: UInt32
  ) throws(Errno) {
    page = try GuestRing(.transmit, at: start)
    grant = domain.grant(page.page, to: partner)
    self.channel = channel
    self.domain = domain
    state = Mutex(
      TransmitState(
        ring: FrontRing(initialising: page.ring, at: start),
        pool: BufferPool(
          domain,
          for: partner,
          isReadOnly: true,
          count: page.ring.geometry.slotCount
        )
      )
    )
  }

  /// The number of slots that can be used before responses have to be taken.
  public var room: Int { state.withLock { Int($0.ring.room) } }

  /// What the backend did that it may not do.
  public var violations: [BackendViolation] { state.withLock { $0.violations } }

  /// The frames whose responses have not all been taken.
  public var framesInFlight: Int { state.withLock { $0.frames.count } }

  /// Puts a frame into the ring, which the backend does not see before ``publish()``.
  ///
  /// - Returns: The identifiers of its pieces.
  /// - Throws: ``FrontendError`` if it has no room or cannot be sent like this; nothing happens then.
  @discardableResult
  public func put(
    _ frame: [UInt8],
    _ plan: TransmitPlan = TransmitPlan()
  ) throws(FrontendError) -> [UInt16] {
    try state.withLock { (state) throws(FrontendError) in try state.put(frame, plan) }
  }

  /// Puts slots of any bytes into the ring, whatever a backend makes of them.
  ///
  /// - Parameters:
  ///   - slots: Up to 12 bytes each; those that are missing are zero.
  ///   - ids: The identifiers that responses may have because of them, each as often as it may come.
  ///   - extras: The number of responses that may come without identifier.
  /// - Throws: ``FrontendError/noRoom(needed:free:)``; nothing happens then.
  public func put(
    slots: [[UInt8]],
    ids: [UInt16],
    extras: Int = 0
  ) throws(FrontendError) {
    try state.withLock { (state) throws(FrontendError) in
      try state.put(slots: slots, ids: ids, extras: extras)
    }
  }

  /// The page that lies behind an identifier of a frame in flight; `nil` if none does.
  public func page(of id: UInt16) -> GuestPage? {
    state.withLock { $0.pool.buffers[id]?.page }
  }

  /// The grant of that page.
  public func grant(of id: UInt16) -> GrantReference? {
    state.withLock { $0.pool.buffers[id]?.grant }
  }

  /// Shows the backend what has been put into the ring, and raises the channel if it wants that.
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

  /// Takes the responses there are, and asks for an event for the next one.
  ///
  /// - Returns: The responses, those to extra slots included, in the order of the ring.
  public func takeResponses() -> [TransmitResponse] { state.withLock { $0.takeResponses() } }

  /// Makes the ring empty at an index, as before a new connection; frames in flight are forgotten.
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
