/// What one step saw of a ring.
public enum RingObservation: Equatable, Sendable {
  /// The indices.
  case indices(RingIndicesSummary)
  /// Some slots.
  case slots([SlotSummary])
  /// What has changed.
  case changes(RingChanges)
}

/// The indices of a ring as they were in memory.
public struct RingIndicesSummary: Equatable, Sendable {
  /// The first slot that is the program's.
  public var head: Int
  /// How far the program has looked.
  public var current: Int
  /// The first slot that is the device's.
  public var tail: Int

  /// Creates a summary.
  public init(head: Int, current: Int, tail: Int) {
    self.head = head
    self.current = current
    self.tail = tail
  }
}

/// A slot as it was in memory.
public struct SlotSummary: Equatable, Sendable {
  /// The length in bytes.
  public var length: Int
  /// All the flags.
  public var flags: Int
  /// The index of the buffer.
  public var buffer: Int

  /// Creates a summary.
  public init(length: Int, flags: Int, buffer: Int) {
    self.length = length
    self.flags = flags
    self.buffer = buffer
  }
}

/// What has changed in a ring.
public struct RingChanges: Equatable, Sendable {
  /// The indices that are not what they were.
  public var indices: [RingIndex]
  /// The positions of the slots of which a field, or a byte of the buffer, is not what it was.
  public var slots: [Int]

  /// Creates a summary.
  public init(indices: [RingIndex], slots: [Int]) {
    self.indices = indices
    self.slots = slots
  }
}

extension RingObservation: CustomStringConvertible {
  /// The observation in the notation of scripts, such as `head 2, current 2, tail 1`.
  public var description: String {
    switch self {
    case .indices(let indices):
      "head \(indices.head), current \(indices.current), tail \(indices.tail)"
    case .slots(let slots): "slots " + Notation.list(slots)
    case .changes(let changes): changes.description
    }
  }
}

extension SlotSummary: CustomStringConvertible {
  /// The fields in the notation of scripts, such as `60 bytes flags 0x20 buffer 7`.
  public var description: String {
    Notation.quantity(length, "byte") + " flags 0x" + String(flags, radix: 16) + " buffer \(buffer)"
  }
}

extension RingChanges: CustomStringConvertible {
  /// What has changed, in words.
  public var description: String {
    guard !indices.isEmpty || !slots.isEmpty else { return "nothing changed" }
    let names = indices.map(\.rawValue).joined(separator: ", ")
    let parts = [
      slots.isEmpty ? nil : "the slots " + Notation.list(slots), names.isEmpty ? nil : names,
    ]
    return "changes in " + parts.compactMap { $0 }.joined(separator: " and in ")
  }
}
