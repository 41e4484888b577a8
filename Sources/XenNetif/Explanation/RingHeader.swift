internal import RingMemory

/// What the header of a ring's page says, and what is wrong with it.
public struct RingHeader: Hashable, Sendable {
  /// How far the frontend has put requests into the ring.
  public var requestProducer: UInt32
  /// The producer of requests for which the backend wants an event.
  public var requestEvent: UInt32
  /// How far the backend has put responses into the ring.
  public var responseProducer: UInt32
  /// The producer of responses for which the frontend wants an event.
  public var responseEvent: UInt32
  /// Whether all of bytes 16 to 63 are zero, as the frontend leaves them.
  public var isPaddingZero: Bool
  /// The number of slots in the ring.
  public var slotCount: UInt32

  /// The header of a page, read once.
  init(_ page: RingPage) {
    let ring = page.ring
    requestProducer = ring.requestProducer.load()
    requestEvent = ring.requestEvent.load()
    responseProducer = ring.responseProducer.load()
    responseEvent = ring.responseEvent.load()
    isPaddingZero = page.bytes[16..<RingGeometry.headerSize].allSatisfy { $0 == 0 }
    slotCount = UInt32(ring.geometry.slotCount)
  }

  /// The number of requests without a response; `nil` if there cannot be so many.
  public var unanswered: UInt32? {
    let count = requestProducer &- responseProducer
    return count <= slotCount ? count : nil
  }

  /// The number of slots in which there is still a response.
  ///
  /// Indices count as if the ring had begun at 0: the header does not say where it did.
  public var answered: UInt32 { unanswered.map { min(responseProducer, slotCount - $0) } ?? 0 }

  /// What is wrong with it.
  public var faults: [String] {
    var faults: [String] = []
    if unanswered == nil {
      let overflow = RingOverflow(
        producer: requestProducer,
        consumer: responseProducer,
        limit: slotCount
      )
      faults.append("\(overflow), so no slot can be told")
    }
    if !isPaddingZero { faults.append("bytes 16 to 63 are nobody's, and not all of them are zero") }
    return faults
  }
}
