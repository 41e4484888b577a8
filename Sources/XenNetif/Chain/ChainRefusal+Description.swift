extension ChainRefusal.Reason: CustomStringConvertible {
  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .missingSlot(let slot):
      "slot \(slot) of the chain is needed and not published"
    case .endless(let slots):
      "the chain goes through all \(slots) slots of the ring and does not end"
    case .unknownExtra(let slot, let type):
      "slot \(slot) of the chain is an extra of type \(type.rawValue), which is not known"
    case .repeatedExtra(let slot, let type):
      "slot \(slot) of the chain is another extra of type \(type.rawValue)"
    case .tooManyDataSlots(let slot, let limit):
      "slot \(slot) of the chain is more than the \(limit) slots with data that a packet may have"
    case .underflow(let slot, let size, let remaining):
      "slot \(slot) of the chain has \(size) bytes, and only \(remaining) are left of the packet"
    case .beyondPage(let slot, let offset, let length):
      "slot \(slot) of the chain ends at byte \(Int(offset) + Int(length)) of a page of 4096"
    case .shortFirstFragment(let length, let least):
      "the first fragment is \(length) bytes long, and \(least) are the least"
    case .emptySegments:
      "the segments are to be of 0 bytes"
    case .unknownSegmentation(let type):
      "the packet is to be segmented as type \(type.rawValue), which is not known"
    }
  }
}

extension ChainRefusal: CustomStringConvertible {
  /// What is wrong and what follows from it.
  public var description: String { "\(consequence.rawValue): \(reason)" }
}
