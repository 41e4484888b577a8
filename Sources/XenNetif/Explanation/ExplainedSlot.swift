/// A slot of a ring's page, and what it means.
public struct ExplainedSlot: Hashable, Sendable {
  /// Its index, which counts on for ever.
  public var index: UInt32
  /// Its position in the page, from 0.
  public var position: Int
  /// All of its bytes.
  public var bytes: [UInt8]
  /// What it means.
  public var meaning: String
}

/// Slots that belong together, what they make, and what is wrong with them.
public struct ExplainedChain: Hashable, Sendable {
  /// The slots in the order of the ring.
  public var slots: [ExplainedSlot]
  /// What they make, if that is more than the slots say themselves.
  public var summary: String?
  /// What is wrong with them.
  public var faults: [String]

  init(_ slots: [ExplainedSlot], _ summary: String? = nil, faults: [String] = []) {
    self.slots = slots
    self.summary = summary
    self.faults = faults
  }
}
