/// What is done to a ring of slots that a backend shares with its device, or asked of it.
public enum RingAction: Equatable, Sendable {
  /// Puts the indices at a place, for both sides, as if so many frames had passed.
  case place(RingName, head: Int, tail: Int)
  /// Overwrites an index in the shared memory, behind everybody's back.
  case setIndex(RingName, RingIndex, Int)
  /// Overwrites the given fields of a slot in the shared memory.
  case setSlot(RingName, position: Int, SlotPattern)
  /// Overwrites the given fields of a slot as soon as the backend has read it the first time.
  case changeAfterRead(RingName, position: Int, SlotPattern)
  /// Puts slots with these fields into the ring, the frame's bytes in a row over them: the device
  /// into one to receive from, the program, with a sync, into one to send from.
  case publish(RingName, FramePattern, slots: [SlotPattern])
  /// The device takes at most that many slots at each sync from now on; all if there is no number.
  case limit(Int?)
  /// Asks for the indices.
  case indices(RingName)
  /// Asks for `count` slots from a position on.
  case slots(RingName, from: Int, count: Int)
  /// Asks what has changed in the ring since the last time, or since the backend opened.
  case changes(RingName)
}

/// One of the rings of a backend.
public struct RingName: Equatable, Sendable {
  /// What a ring is for.
  public enum Direction: String, CaseIterable, Sendable {
    /// The backend sends from it.
    case transmit
    /// The backend receives from it.
    case receive
  }

  /// What it is for.
  public var direction: Direction
  /// Which of those, counted from 0.
  public var number: Int

  /// Names a ring.
  public init(_ direction: Direction, _ number: Int = 0) {
    self.direction = direction
    self.number = number
  }

  /// The first ring to send from.
  public static let transmit = RingName(.transmit)
  /// The first ring to receive from.
  public static let receive = RingName(.receive)
}

/// An index that a ring keeps in shared memory.
public enum RingIndex: String, CaseIterable, Sendable {
  /// The first slot that is the program's.
  case head
  /// How far the program has looked.
  case current
  /// The first slot that is the device's.
  case tail
}

/// Fields of a slot; those that are `nil` are left alone, or may be anything.
public struct SlotPattern: Equatable, Sendable {
  /// The length in bytes.
  public var length: Int?
  /// All the flags, as the number in memory.
  public var flags: Int?
  /// The index of the buffer.
  public var buffer: Int?

  /// Describes a slot.
  public init(length: Int? = nil, flags: Int? = nil, buffer: Int? = nil) {
    self.length = length
    self.flags = flags
    self.buffer = buffer
  }

  /// A slot of a length in bytes; the frame goes on in the next one.
  public static func more(_ length: Int) -> SlotPattern { SlotPattern(length: length, flags: 0x20) }
  /// A slot of a length in bytes, the last of its frame.
  public static func last(_ length: Int) -> SlotPattern { SlotPattern(length: length, flags: 0) }
}

extension RingAction {
  /// The action as one word.
  var word: String {
    switch self {
    case .place: "placeRing"
    case .setIndex: "setRingIndex"
    case .setSlot: "setSlot"
    case .changeAfterRead: "changeAfterRead"
    case .publish: "publish"
    case .limit: "limitTransmit"
    case .indices: "ringIndices"
    case .slots: "slots"
    case .changes: "ringChanges"
    }
  }

  /// Every word that such an action has.
  static let words = [
    "placeRing", "setRingIndex", "setSlot", "changeAfterRead", "publish", "limitTransmit",
    "ringIndices", "slots", "ringChanges",
  ]
}
