/// Finds the packets in the slots of a transmit ring.
///
/// Each slot is copied once into memory of the parser's own and looked at there, so that a frontend
/// which writes on sees itself judged by what it wrote first (XSA-155). Work and memory are bounded by
/// the slots of one ring, whatever lies in them, and nothing is allocated for a packet.
public final class TransmitChainParser {
  /// What is made of chains where the protocol leaves it open.
  public let policy: ChainPolicy
  private let copies = SlotCopies()
  /// The extra slots of the chain that was looked at last.
  private var extraCount = 0

  /// A parser with a policy.
  public init(_ policy: ChainPolicy) { self.policy = policy }

  deinit { copies.deallocate() }

  /// The packet that begins with the first of some slots of a transmit ring.
  ///
  /// - Returns: `nil` if there are no slots.
  /// - Throws: ``ChainRefusal`` if the slots do not make a packet.
  public func parse(_ slots: PublishedSlots) throws(ChainRefusal) -> TransmitChain? {
    guard slots.count > 0 else { return nil }
    var scan = ChainScan(slots, into: copies, policy)
    defer { extraCount = scan.extraCount }
    return try scan.chain()
  }

  /// A request of the chain that was looked at last, refused or not; the first is 0.
  ///
  /// - Parameter position: Less than its number of slots with data.
  public func request(_ position: Int) -> TransmitRequest {
    copies.request(position == 0 ? 0 : position &+ extraCount)
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
