/// Finds the packets in the slots of a transmit ring.
///
/// Each slot is copied once into memory of the parser's own and looked at there, so that a frontend
/// which writes on sees itself judged by what it wrote first (XSA-155). Work and memory are bounded by
/// the slots of one ring, whatever lies in them, and nothing is allocated for a packet.
@safe public final class TransmitChainParser {
  private let copies = SlotCopies()
  // Behind a pointer: the checks of a class's properties cost as much as a slot.
  private let state: UnsafeMutablePointer<ParserState>

  /// A parser with a policy.
  public init(_ policy: ChainPolicy) {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: ParserState(policy))
  }

  deinit {
    copies.deallocate()
    unsafe state.deallocate()
  }

  /// What is made of chains where the protocol leaves it open.
  public var policy: ChainPolicy { unsafe state.pointee.policy }

  /// The packet that begins with the first of some slots of a transmit ring.
  ///
  /// - Returns: `nil` if there are no slots.
  /// - Throws: ``ChainRefusal`` if the slots do not make a packet.
  public func parse(_ slots: PublishedSlots) throws(ChainRefusal) -> TransmitChain? {
    guard slots.shortCount > 0 else { return nil }
    var scan = unsafe ChainScan(slots, into: copies, state)
    return try scan.chain()
  }

  /// A request of the chain that was looked at last, refused or not; the first is 0.
  ///
  /// - Parameter position: Less than its number of slots with data.
  public func request(_ position: Int) -> TransmitRequest {
    copies.request(position == 0 ? 0 : unsafe position &+ state.pointee.extraCount)
  }

  /// An extra of the chain that was looked at last, refused or not; the first is 0.
  ///
  /// - Parameter position: Less than its number of extra slots.
  public func extra(_ position: Int) -> ExtraInfo { copies.extra(position &+ 1) }

  /// A fragment of the chain that was looked at last; the first is 0.
  ///
  /// - Parameter position: Less than its number of slots with data.
  public func fragment(_ position: Int, of chain: TransmitChain) -> TransmitFragment {
    let request = request(position)
    return TransmitFragment(
      grant: request.grant,
      offset: request.offset,
      length: position == 0 ? chain.firstLength : request.size
    )
  }
}
