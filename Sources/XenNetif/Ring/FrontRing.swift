internal import RingMemory
internal import Synchronization

/// The private side of a ring of a frontend that keeps to the rules.
///
/// Source: Xen `io/ring.h`, `FRONT_RING_INIT` and what follows it.
public struct FrontRing: Sendable {
  /// The shared side.
  public let ring: SharedRing
  /// The index of the next request, which may be ahead of what the backend has been shown.
  public private(set) var requestProducer: UInt32
  /// The index of the next response to be taken.
  public private(set) var responseConsumer: UInt32
  /// What the backend has been shown.
  private var shownProducer: UInt32

  /// Initialises a ring before the backend attaches to it.
  ///
  /// - Parameter start: The index to begin with.
  public init(initialising ring: SharedRing, at start: UInt32 = 0) {
    self.ring = ring
    requestProducer = start
    responseConsumer = start
    shownProducer = start
    ring.initialise(at: start)
  }

  /// The number of slots.
  public var slotCount: UInt32 { UInt32(truncatingIfNeeded: ring.geometry.slotCount) }

  /// The number of requests that can be put into the ring before a response has to be taken.
  public var room: UInt32 { slotCount &- (requestProducer &- responseConsumer) }

  /// Puts a request into the ring, which the backend does not see yet.
  ///
  /// - Returns: Its index.
  @discardableResult
  public mutating func request<Request: WireValue>(_ request: Request) -> UInt32 {
    precondition(room > 0, "the ring is full")
    ring.setValue(request, at: requestProducer)
    requestProducer &+= 1
    return requestProducer &- 1
  }

  /// Shows the backend the requests so far.
  ///
  /// - Returns: Whether it waits for one of them and is to be notified.
  public mutating func push() -> Bool {
    let old = shownProducer
    shownProducer = requestProducer
    ring.requestProducer.store(requestProducer)
    // As in the backend: the producer is written, then the event is read.
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return notificationIsDue(old: old, new: shownProducer, event: ring.requestEvent.load())
  }

  /// The number of responses that can be taken.
  ///
  /// - Throws: ``RingOverflow`` if there are more of them than requests without one.
  public func unconsumed() throws(RingOverflow) -> UInt32 {
    let producer = ring.responseProducer.load()
    let count = producer &- responseConsumer
    let unanswered = shownProducer &- responseConsumer
    guard count <= unanswered else {
      throw RingOverflow(producer: producer, consumer: responseConsumer, limit: unanswered)
    }
    return count
  }

  /// Takes a response, one of those that ``unconsumed()`` counts.
  public mutating func take<Response: WireValue>(as type: Response.Type = Response.self) -> Response
  {
    precondition(responseConsumer != shownProducer, "there is no request to be answered")
    defer { responseConsumer &+= 1 }
    return ring.value(at: responseConsumer)
  }

  /// Asks for an event for the next response, unless there is one already.
  ///
  /// - Returns: Whether there is one after all; then there may be no event for it.
  public mutating func finalCheck() -> Bool {
    if ring.responseProducer.load() != responseConsumer { return true }
    ring.responseEvent.store(responseConsumer &+ 1)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return ring.responseProducer.load() != responseConsumer
  }
}
