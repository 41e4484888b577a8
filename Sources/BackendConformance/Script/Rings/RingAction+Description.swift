extension RingAction {
  /// The arguments in the notation of scripts.
  var arguments: [String] {
    switch self {
    case .place(let ring, let head, let tail): [ring.description, "head: \(head)", "tail: \(tail)"]
    case .setIndex(let ring, let index, let value):
      [ring.description, "\(index.rawValue): \(value)"]
    case .setSlot(let ring, let position, let slot),
      .changeAfterRead(let ring, let position, let slot):
      [ring.description, "\(position)", slot.description]
    case .publish(let ring, let frame, let slots):
      [ring.description, frame.description, "slots: " + Notation.list(slots.map(\.short))]
    case .limit(let count): [count.map { "\($0) a sync" } ?? "all"]
    case .indices(let ring), .changes(let ring): [ring.description]
    case .slots(let ring, let start, let count):
      [ring.description, "from: \(start)", "count: \(count)"]
    }
  }
}

extension RingName: CustomStringConvertible {
  /// What it is for, and its number unless it is the first.
  public var description: String {
    number == 0 ? direction.rawValue : "\(direction.rawValue) \(number)"
  }
}

extension SlotPattern {
  /// The slot in few characters if nothing is odd about it: its length, and whether there is more.
  fileprivate var short: String {
    guard let length, buffer == nil, flags == 0 || flags == 0x20 else { return description }
    return flags == 0 ? "\(length)" : "\(length) more"
  }
}

extension SlotPattern: CustomStringConvertible {
  /// The fields in the notation of scripts, such as `60 bytes flags 0x20`.
  public var description: String {
    let parts = [
      length.map { Notation.quantity($0, "byte") },
      flags.map { "flags 0x" + String($0, radix: 16) }, buffer.map { "buffer \($0)" },
    ].compactMap { $0 }
    return parts.isEmpty ? "any slot" : parts.joined(separator: " ")
  }
}
