/// The verbs for a netback's frontend that scripts are written in.
///
/// Each allows what a correct netback shows unless the scenario says otherwise with `allowing`.
public enum Guest {
  /// Connects with the frontend's usual keys, but for `changes`.
  public static func connect(_ changes: [String: String?] = [:]) -> Step {
    Step(.xen(.connect(changes: changes)), allowed: [.done])
  }

  /// Writes a key of the frontend's directory, or removes it.
  public static func write(_ key: String, _ value: String?) -> Step {
    Step(.xen(.write(.frontend, key: key, value: value)), allowed: [.done])
  }

  /// Writes a key of the backend's directory as the toolstack does, or removes it.
  public static func configure(_ key: String, _ value: String?) -> Step {
    Step(.xen(.write(.backend, key: key, value: value)), allowed: [.done])
  }

  /// Says how far the frontend has come.
  public static func tell(_ state: Int) -> Step { write("state", "\(state)") }

  /// Makes all rings empty, as before a new connection.
  public static var reset: Step { Step(.xen(.reset), allowed: [.done]) }

  /// Stores slots, unseen by the netback.
  public static func put(
    _ slots: [XenSlot],
    _ frame: FramePattern? = nil,
    in ring: XenRing = .transmit
  ) -> Step {
    Step(.xen(.put(ring, slots, frame)), allowed: [.done])
  }

  /// Lets the producer pass all slots, and raises the channel if the netback asked for that.
  public static func show(_ ring: XenRing = .transmit) -> Step {
    Step(.xen(.show(ring)), allowed: [.done])
  }

  /// Lets the producer pass all slots as soon as the netback has read it so many times.
  public static func showAfter(reads: Int, in ring: XenRing = .transmit) -> Step {
    Step(.xen(.showAfterReads(ring, reads)), allowed: [.done])
  }

  /// Stores slots and shows them.
  public static func transmit(
    _ slots: [XenSlot],
    _ frame: FramePattern? = nil,
    in ring: XenRing = .transmit
  ) -> [Step] {
    [put(slots, frame, in: ring), show(ring)]
  }

  /// Posts pages to receive into, and shows them.
  public static func post(_ slots: [XenSlot], in ring: XenRing = .receive) -> [Step] {
    [put(slots, in: ring), show(ring)]
  }

  /// Posts so many pages, the first with the identifier `id`.
  public static func post(_ count: Int, from id: Int = 0, in ring: XenRing = .receive) -> [Step] {
    post((0..<count).map { .buffer(id + $0) }, in: ring)
  }

  /// Asks something of the control ring; the answer is this one, and none if there is no such ring.
  public static func control(_ request: XenSlot, _ answer: XenResponse) -> [Step] {
    control([request], [answer])
  }

  /// Asks several things of the control ring at once.
  public static func control(_ requests: [XenSlot], _ answers: [XenResponse]) -> [Step] {
    [
      put(requests, in: .control), show(.control),
      responses(.controlRing, ["offered": answers, "missing": []], of: .control),
    ]
  }

  /// Raises the channel of a ring.
  public static func raise(_ ring: XenRing = .transmit, times: Int = 1) -> Step {
    Step(.xen(.raise(ring, times: times)), allowed: [.done])
  }

  /// Overwrites an index, and raises nothing.
  public static func set(_ index: XenIndex, to value: Int, of ring: XenRing = .transmit) -> Step {
    Step(.xen(.setIndex(ring, index, value)), allowed: [.done])
  }

  /// Overwrites a slot as soon as it has been read the first time.
  public static func changeAfterRead(
    _ position: Int,
    _ slot: XenSlot,
    of ring: XenRing = .transmit
  ) -> Step {
    Step(.xen(.changeAfterRead(ring, position: position, slot)), allowed: [.done])
  }

  /// Overwrites bytes of a page.
  public static func store(
    _ bytes: [UInt8],
    page: Int,
    offset: Int = 0,
    of ring: XenRing = .transmit
  ) -> Step {
    Step(.xen(.store(ring, page: page, offset: offset, bytes)), allowed: [.done])
  }

  /// Makes what is done with a page's grant fail.
  public static func fail(
    _ operation: XenGrantFault.Operation = .copy,
    page: Int,
    of ring: XenRing = .transmit,
    status: Int,
    after: Int = 0,
    times: Int? = nil
  ) -> Step {
    let fault = XenGrantFault(operation, status: status, after: after, times: times)
    return Step(.xen(.failGrant(ring, page: page, fault)), allowed: [.done])
  }
}

// Questions.
extension Guest {
  /// Asks for the responses since the last time, which are these.
  public static func responses(_ responses: [XenResponse], of ring: XenRing = .transmit) -> Step {
    Step(.xen(.responses(ring)), allowed: [Outcome(.xen(.responses(responses)))])
  }

  /// Asks for the responses since the last time, which are these in any order.
  public static func responses(
    inAnyOrder responses: [XenResponse],
    of ring: XenRing = .transmit
  ) -> Step {
    Step(.xen(.responses(ring)), allowed: [Outcome(.xen(.responsesInAnyOrder(responses)))])
  }

  /// Asks for the responses since the last time, which follow from what the netback does where the
  /// protocol leaves it open.
  public static func responses(
    _ choice: XenChoice,
    _ alternatives: KeyValuePairs<String, [XenResponse]>,
    of ring: XenRing = .transmit
  ) -> Step {
    var step = Step(.xen(.responses(ring)), allowed: [], choice: choice.rawValue)
    step.allowed = alternatives.map { Outcome(.xen(.responses($0.value)), label: $0.key) }
    return step
  }

  /// Asks how many events of a ring's channel were for nothing, as the netback says, since the last
  /// time.
  public static func emptyEvents(
    _ range: ClosedRange<Int>,
    of ring: XenRing = .transmit
  ) -> Step {
    Step(.xen(.emptyEvents(ring)), allowed: [Outcome(.xen(.count(range)))])
  }

  /// Asks for the indices of a ring; those that are not named may be anything.
  public static func indices(
    of ring: XenRing = .transmit,
    requests: Int? = nil,
    requestEvent: Int? = nil,
    responses: Int? = nil,
    responseEvent: Int? = nil
  ) -> Step {
    let indices = XenIndices(
      requestProducer: requests,
      requestEvent: requestEvent,
      responseProducer: responses,
      responseEvent: responseEvent
    )
    return Step(.xen(.indices(ring)), allowed: [Outcome(.xen(.indices(indices)))])
  }

  /// Asks for all bytes of a slot.
  public static func slot(
    _ position: Int,
    _ bytes: [UInt8],
    of ring: XenRing = .transmit
  ) -> Step {
    Step(.xen(.slot(ring, position: position)), allowed: [Outcome(.xen(.bytes(bytes)))])
  }

  /// Asks for bytes of a page.
  public static func page(
    _ page: Int,
    _ bytes: [UInt8],
    at offset: Int = 0,
    of ring: XenRing = .receive
  ) -> Step {
    Step(
      .xen(.page(ring, page: page, offset: offset, count: bytes.count)),
      allowed: [Outcome(.xen(.bytes(bytes)))]
    )
  }

  /// Asks for bytes of a page that are as they were when it was made.
  public static func untouched(
    _ page: Int,
    _ range: Range<Int> = 0..<4096,
    of ring: XenRing = .receive
  ) -> Step {
    Step(
      .xen(.page(ring, page: page, offset: range.lowerBound, count: range.count)),
      allowed: [Outcome(.xen(.filled(0xA5)))]
    )
  }

  /// Asks how often a ring's channel has been raised since the last time.
  public static func notifications(
    _ range: ClosedRange<Int>,
    of ring: XenRing = .transmit
  ) -> Step {
    Step(.xen(.notifications(ring)), allowed: [Outcome(.xen(.count(range)))])
  }

  /// Asks for the copies since the last time.
  public static func copies(_ copies: [XenCopy]) -> Step {
    Step(.xen(.copies), allowed: [Outcome(.xen(.copies(copies)))])
  }

  /// Asks what the netback holds.
  public static func holdings(_ holdings: XenHoldings) -> Step {
    Step(.xen(.holdings), allowed: [Outcome(.xen(.holdings(holdings)))])
  }

  /// Asks for a key of the backend's directory.
  public static func read(_ key: String, _ value: String?) -> Step {
    Step(.xen(.read(.backend, key: key)), allowed: [Outcome(.xen(.value(value)))])
  }

  /// Asks how far the netback says it has come.
  public static func state(_ state: Int) -> Step { read("state", "\(state)") }

  /// Asks what states the netback has told since the last time.
  public static func states(_ states: [Int]) -> Step {
    Step(.xen(.states), allowed: [Outcome(.xen(.states(states)))])
  }

  /// Asks what the netback has written since the last time, among which are these in this order.
  public static func writes(_ keys: [String]) -> Step {
    Step(.xen(.writes), allowed: [Outcome(.xen(.writes(keys)))])
  }

  /// Takes the frames that one queue has received since the last time.
  public static func received(_ frames: [FramePattern], queue: Int = 0) -> Step {
    Step(.xen(.received(queue: queue)), allowed: [Outcome(.frames(frames))])
  }
}
