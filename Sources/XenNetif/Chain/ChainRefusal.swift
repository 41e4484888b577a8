/// Why a chain of slots is not a packet, and what follows from it.
public struct ChainRefusal: Error, Hashable, Sendable {
  /// What is wrong, with the numbers that show it; slots are counted from the packet's first, which
  /// is 0, extra slots included.
  public enum Reason: Hashable, Sendable {
    /// The last slot that is published says that another one belongs to the packet.
    case missingSlot(slot: Int)
    /// The chain goes through all slots of the ring and does not end.
    case endless(slots: Int)
    /// An extra has a type that is not known.
    case unknownExtra(slot: Int, type: ExtraType)
    /// An extra has the type of an earlier one.
    case repeatedExtra(slot: Int, type: ExtraType)
    /// There are more slots with data than the policy allows; this is the first one too many.
    case tooManyDataSlots(slot: Int, limit: Int)
    /// A fragment is longer than what is left of the packet.
    case underflow(slot: Int, size: UInt16, remaining: UInt16)
    /// A fragment ends beyond its page.
    case beyondPage(slot: Int, offset: UInt16, length: UInt16)
    /// What the other fragments leave for the first is too short.
    case shortFirstFragment(length: UInt16, least: UInt16)
    /// The segments are to be of no bytes.
    case emptySegments
    /// The packet is to be segmented as something that is not known.
    case unknownSegmentation(type: SegmentationType)
  }

  /// What is wrong.
  public var reason: Reason
  /// What follows from it.
  public var consequence: ChainPolicy.Consequence
  /// The number of slots that were looked at: all of the chain's if each is answered with an error.
  public var slotCount: Int
  /// How many of these are extra slots, which lie behind the first.
  public var extraCount: Int

  /// The number of slots with data among those that were looked at.
  public var dataSlotCount: Int { slotCount - extraCount }

  /// A refusal.
  public init(
    _ reason: Reason,
    _ consequence: ChainPolicy.Consequence,
    slotCount: Int,
    extraCount: Int
  ) {
    self.reason = reason
    self.consequence = consequence
    self.slotCount = slotCount
    self.extraCount = extraCount
  }
}
