internal import RingMemory
internal import Synchronization

/// The backend's private side of a ring: what it has consumed and what it has answered.
///
/// Nothing here is read back from the page, which the frontend may overwrite at any time.
///
/// Source: Xen `io/ring.h`, `BACK_RING_ATTACH` and what follows it.
public struct BackRing: Sendable {
  /// The shared side.
  public let ring: SharedRing
  /// The index of the next request to be consumed.
  public private(set) var requestConsumer: UInt32
  /// The index of the next response, which may be ahead of what the frontend has been shown.
  public private(set) var responseProducer: UInt32
  /// What the frontend has been shown.
  private var shownProducer: UInt32

  /// Attaches to a ring that the frontend has initialised: what is unanswered is still to be done.
  ///
  /// - Throws: ``RingOverflow`` if there is more unanswered than there are slots.
  public init(attachingTo ring: SharedRing) throws(RingOverflow) {
    self.ring = ring
    let start = ring.responseProducer.load()
    requestConsumer = start
    responseProducer = start
    shownProducer = start
    _ = try unconsumed()
  }

  /// The number of slots.
  public var slotCount: UInt32 { UInt32(truncatingIfNeeded: ring.geometry.slotCount) }

  /// The number of slots that may be consumed before a response has to be made.
  public var room: UInt32 { slotCount &- (requestConsumer &- responseProducer) }

  /// How far the producer of requests is ahead, as the frontend says, which may be any number.
  ///
  /// What is read from the slots after this is at least as new as what it counts.
  public var claimed: UInt32 { ring.requestProducer.load() &- requestConsumer }

  /// The number of requests that can be consumed, however far ahead the frontend says it is.
  public var available: UInt32 { min(claimed, room) }

  /// The number of requests that can be consumed.
  ///
  /// - Throws: ``RingOverflow`` if the frontend says that there are more than slots.
  public func unconsumed() throws(RingOverflow) -> UInt32 {
    let claimed = claimed
    guard claimed <= slotCount else {
      throw RingOverflow(
        producer: requestConsumer &+ claimed,
        consumer: requestConsumer,
        limit: slotCount
      )
    }
    return min(claimed, room)
  }

  /// Requests that the frontend has published, from the next one on.
  ///
  /// - Parameter count: How many; at most ``available``.
  public func published(_ count: UInt32) -> PublishedSlots {
    PublishedSlots(ring, from: requestConsumer, count: min(count, slotCount))
  }

  /// Leaves requests behind, whose slots are taken by responses from then on.
  public mutating func consume(_ count: UInt32 = 1) {
    precondition(count <= room, "a slot that has not been answered would be consumed again")
    requestConsumer &+= count
  }

  /// Puts a response into the ring, which the frontend does not see yet.
  public mutating func respond<Response: WireValue>(_ response: Response) {
    precondition(responseProducer != requestConsumer, "a request is consumed before it is answered")
    precondition(Response.size <= ring.geometry.responseSize)
    ring.setValue(response, at: responseProducer)
    responseProducer &+= 1
  }

  /// Shows the frontend the responses so far.
  ///
  /// - Returns: Whether it waits for one of them and is to be notified.
  public mutating func push() -> Bool {
    let old = shownProducer
    shownProducer = responseProducer
    ring.responseProducer.store(responseProducer)
    // The frontend sets its event and then looks at the producer. Here it is the other way round, and
    // one of the two has to see what the other wrote.
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return notificationIsDue(old: old, new: shownProducer, event: ring.responseEvent.load())
  }

  /// Asks for an event for the next request, unless there is one already.
  ///
  /// - Returns: Whether there is work after all; then there may be no event for it.
  public mutating func finalCheck() -> Bool {
    if available > 0 { return true }
    ring.requestEvent.store(requestConsumer &+ 1)
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    return available > 0
  }
}
