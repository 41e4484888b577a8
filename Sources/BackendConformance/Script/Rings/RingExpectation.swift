/// What an observation of a ring is compared with.
public enum RingExpectation: Equatable, Sendable {
  /// The indices; those that are `nil` may be anything.
  case indices(head: Int?, current: Int?, tail: Int?)
  /// These slots, in this order.
  case slots([SlotPattern])
  /// Exactly these slots changed, their buffers included; and the indices if they may.
  case changed([Int], indices: Bool)
}

extension RingExpectation {
  /// Whether an observation is what is expected.
  func matches(_ observation: RingObservation) -> Bool {
    switch (self, observation) {
    case (.indices(let head, let current, let tail), .indices(let found)):
      (head ?? found.head) == found.head && (current ?? found.current) == found.current
        && (tail ?? found.tail) == found.tail
    case (.slots(let patterns), .slots(let found)):
      patterns.count == found.count && zip(patterns, found).allSatisfy { $0.matches($1) }
    case (.changed(let slots, let indices), .changes(let found)):
      slots == found.slots && (indices || found.indices.isEmpty)
    default: false
    }
  }
}

extension SlotPattern {
  fileprivate func matches(_ slot: SlotSummary) -> Bool {
    (length ?? slot.length) == slot.length && (flags ?? slot.flags) == slot.flags
      && (buffer ?? slot.buffer) == slot.buffer
  }
}

extension RingExpectation: CustomStringConvertible {
  /// The expectation in the notation of scripts, such as `head 2, current 2`.
  public var description: String {
    switch self {
    case .indices(let head, let current, let tail):
      [("head", head), ("current", current), ("tail", tail)]
        .compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: ", ")
    case .slots(let slots): "slots " + Notation.list(slots)
    case .changed([], let indices):
      indices ? "no slot changed" : "neither slots nor indices changed"
    case .changed(let slots, let indices):
      "changes in the slots " + Notation.list(slots) + (indices ? "" : " and in no index")
    }
  }
}
