/// A ring's page, slot by slot: what was asked, what was answered, and what is wrong with it.
///
/// The page alone says how far either side has come, and not what the backend has consumed: a request
/// counts as open until there is a response.
public struct RingPageExplanation: Hashable, Sendable {
  /// Which ring it is.
  public var kind: RingKind
  /// What is in the header.
  public var header: RingHeader
  /// The requests without a response, from the oldest on.
  public var requests: [ExplainedChain]
  /// The responses that are still in the page, from the oldest on.
  public var responses: [ExplainedChain]

  /// Explains a copy of a page.
  ///
  /// - Parameters:
  ///   - bytes: Its 4096 bytes.
  ///   - kind: Which ring is in it, which it does not say itself.
  ///   - policy: What is made of chains where the protocol leaves it open; for the transmit ring.
  /// - Throws: ``RingPageSizeError`` if it is not a page.
  public init(
    bytes: [UInt8],
    kind: RingKind = .transmit,
    policy: ChainPolicy = .linux
  ) throws(RingPageSizeError) {
    let page = try RingPage(kind.geometry, bytes: bytes)
    let header = RingHeader(page)
    self.kind = kind
    self.header = header
    let open = header.unanswered ?? 0
    let slots = ExplainedSlots(page)
    let (start, end) = (header.responseProducer &- header.answered, header.responseProducer)
    switch kind {
    case .transmit:
      requests = slots.transmitRequests(from: end, count: open, policy)
      responses = slots.transmitResponses(from: start, count: header.answered)
    case .receive:
      requests = slots.receiveRequests(from: end, count: open)
      responses = slots.receiveResponses(from: start, count: header.answered)
    case .control:
      requests = slots.controlRequests(from: end, count: open)
      responses = slots.controlResponses(from: start, count: header.answered)
    }
  }

  /// Everything that is wrong with the page.
  public var faults: [String] {
    header.faults + requests.flatMap(\.faults) + responses.flatMap(\.faults)
  }
}
