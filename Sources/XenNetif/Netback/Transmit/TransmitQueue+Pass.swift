internal import RingMemory

extension TransmitQueue {
  /// What ended the looking for packets.
  enum PassEnd {
    /// There may be more.
    case more
    /// There is nothing more.
    case empty
    /// A packet is not whole yet.
    case unfinished
    /// Nobody receives.
    case blocked
    /// The frontend has sent too much.
    case limited(until: UInt64)
    /// The frontend broke the protocol.
    case fatal
  }

  /// The most packets in a pass.
  private static var packetLimit: Int { 64 }
  /// The most passes before others get their turn; one that consumes nothing counts too.
  private static var passLimit: Int { 256 }

  /// Takes what has been published, and answers it.
  func serve(_ inbox: inout FrameInbox, now: UInt64) -> TransmitOutcome {
    var outcome = TransmitOutcome()
    isBlocked = false
    let start = ring.requestConsumer
    var passes = 0
    // A frontend that publishes all the time gets no more than its ring at a time.
    while passes < Self.passLimit, ring.requestConsumer &- start < ring.slotCount {
      passes += 1
      let end = runPass(&inbox, now, &outcome)
      if ring.push() { outcome.notifies = true }
      if !isOver(end, &outcome) { continue }
      return outcome
    }
    outcome.hasMore = true
    return outcome
  }

  /// Whether there is no more to do after a pass.
  private func isOver(_ end: PassEnd, _ outcome: inout TransmitOutcome) -> Bool {
    switch end {
    case .more: return false
    case .empty: return !ring.finalCheck()
    case .unfinished: return !awaitRest()
    case .blocked: isBlocked = true
    case .limited(let moment): outcome.waitsUntil = moment
    case .fatal:
      outcome.isFatal = true
      // The event is asked for as if the ring were to be looked at again, if it seems empty.
      _ = ring.finalCheck()
    }
    return true
  }

  /// Finds packets, copies their bytes, and answers.
  private func runPass(
    _ inbox: inout FrameInbox,
    _ now: UInt64,
    _ outcome: inout TransmitOutcome
  ) -> PassEnd {
    packets.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
    copier.begin()
    inbox.begin()
    let start = ring.requestConsumer
    var end = PassEnd.more
    var isGoingOn = true
    while isGoingOn, packets.count < Self.packetLimit {
      (isGoingOn, end) = takeChain(&inbox, now)
    }
    if ring.requestConsumer != start { outcome.worked = true }
    finishPass(&inbox, &outcome)
    return end
  }

  /// Takes one chain.
  ///
  /// - Returns: Whether the pass goes on, and what ended it if it does not.
  private func takeChain(_ inbox: inout FrameInbox, _ now: UInt64) -> (Bool, PassEnd) {
    guard !inbox.isFull else { return (false, .blocked) }
    guard let count = try? ring.unconsumed() else { return (false, .fatal) }
    guard count > 0 else { return (false, .empty) }
    let chain: TransmitChain
    do throws(ChainRefusal) {
      guard let found = try parser.parse(ring.published(count)) else { return (false, .empty) }
      chain = found
    } catch {
      return (false, isHeldBack ? .more : refuse(error, now))
    }
    if chain.multicast != nil, isHeldBack { return (false, .more) }
    guard let start = inbox.reserve(chain.length) else { return (false, .blocked) }
    if case .wait(let moment) = limit.request(chain.length, now: now) {
      inbox.unreserve(start)
      return (false, .limited(until: moment))
    }
    ring.consume(UInt32(chain.slotCount))
    if let change = chain.multicast {
      inbox.unreserve(start)
      respond(chain.head.id, groups.change(change), extras: chain.extraCount)
    } else {
      take(chain, to: start, inbox)
    }
    return (true, .more)
  }

  /// Whether what is answered at once has to wait for the answers to the packets before it.
  private var isHeldBack: Bool { policy.responseOrder == .inOrder && !packets.isEmpty }

  /// Answers a chain that is no packet, or leaves it unanswered.
  private func refuse(_ refusal: ChainRefusal, _ now: UInt64) -> PassEnd {
    if refusal.consequence == .wait { return .unfinished }
    let head = parser.request(0)
    if case .wait(let moment) = limit.request(Int(head.size), now: now) {
      return .limited(until: moment)
    }
    guard refusal.consequence == .error else {
      ring.consume(UInt32(1 + refusal.extraCount))
      return .fatal
    }
    ring.consume(UInt32(refusal.slotCount))
    respond(head.id, .error, extras: refusal.extraCount)
    for position in 1..<max(1, refusal.dataSlotCount) {
      respond(parser.request(position).id, .error)
    }
    return .more
  }

  /// Asks for an event when more is published than the beginning of a packet.
  ///
  /// - Returns: Whether it has been already.
  private func awaitRest() -> Bool {
    let seen = ring.claimed
    ring.ring.requestEvent.store(ring.requestConsumer &+ seen &+ 1)
    fence()
    return ring.claimed != seen
  }

  /// Answers a slot with data and, if it is the first of its packet, the extras behind it.
  func respond(_ id: UInt16, _ status: TransmitStatus, extras: Int = 0) {
    ring.respond(TransmitResponse(id: id, status: status))
    for _ in 0..<extras { ring.respondNull() }
  }
}
