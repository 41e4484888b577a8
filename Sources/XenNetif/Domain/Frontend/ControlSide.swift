internal import Synchronization
internal import SystemPackage

/// The control ring of a frontend.
public final class ControlSide: Sendable {
  /// The page of the ring.
  public let page: GuestRing
  /// Its grant.
  public let grant: GrantReference
  /// The channel that is raised for it.
  public let channel: EventChannel
  private let domain: SimulatedDomain
  private let ring: Mutex<FrontRing>

  init(_ domain: SimulatedDomain, for partner: Domain) throws(Errno) {
    page = try GuestRing(.control)
    grant = domain.grant(page.page, to: partner)
    channel = domain.offerChannel(to: partner)
    self.domain = domain
    ring = Mutex(FrontRing(initialising: page.ring))
  }

  /// Puts a request into the ring, shows it to the backend, and raises the channel if it wants that.
  ///
  /// - Throws: ``FrontendError/noRoom(needed:free:)`` if the ring is full.
  public func send(_ request: ControlRequest) throws(FrontendError) {
    let isDue = try ring.withLock { (ring) throws(FrontendError) in
      guard ring.room > 0 else { throw .noRoom(needed: 1, free: 0) }
      ring.request(request)
      return ring.push()
    }
    if isDue { kick() }
  }

  /// Raises the channel.
  public func kick() { domain.raise(channel) }

  /// Takes the responses there are, and asks for an event for the next one.
  ///
  /// - Throws: ``RingOverflow`` if there are more than requests.
  public func takeResponses() throws(RingOverflow) -> [ControlResponse] {
    try ring.withLock { (ring) throws(RingOverflow) in
      var responses: [ControlResponse] = []
      repeat {
        for _ in 0..<(try ring.unconsumed()) { responses.append(ring.take()) }
      } while ring.finalCheck()
      return responses
    }
  }

  /// Makes the ring empty, as before a new connection.
  public func reset() {
    ring.withLock { ring in
      page.reset()
      ring = FrontRing(initialising: page.ring)
    }
  }
}
