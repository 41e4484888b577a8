/// A ring to send from, as frames that take slots: what it should do, as simply as that can be said.
struct ModelTransmitRing {
  /// A frame that the wire has not taken.
  private struct Published {
    var bytes: [UInt8]
    var slots: Int
  }

  let slotCount: Int
  let bufferSize: Int
  private(set) var head = 0
  /// The slots that the program has.
  private(set) var free: Int
  private var published: [Published] = []
  /// The frames that the wire has taken.
  private(set) var sent: [[UInt8]] = []
  /// The most slots that the wire takes in one sync.
  var slotsPerSync = Int.max
  /// The slots whose index is none, by their place, with that index.
  var wrongIndices: [Int: UInt32] = [:]

  init(slotCount: Int, bufferSize: Int) {
    self.slotCount = slotCount
    self.bufferSize = bufferSize
    free = slotCount - 1
  }

  /// The place of the first slot that is not the program's.
  var tail: Int { (head + free) % slotCount }

  /// The place of a slot of the program's.
  func place(_ number: Int) -> Int { (head + number) % slotCount }

  /// Whether nothing is under way.
  var isIdle: Bool { published.isEmpty }

  /// The most bytes that one slot takes.
  var slotLength: Int { min(bufferSize, 65_535) }

  /// The longest frame.
  var frameLimit: Int { min(64, slotCount - 1) * slotLength }

  /// The slots that a frame of that length takes.
  func slots(for length: Int) -> Int { (length + slotLength - 1) / slotLength }

  /// The index that is none in one of the next slots, if there is one.
  func wrongIndex(inNext count: Int) -> UInt32? {
    (0..<count).lazy.compactMap { wrongIndices[(head + $0) % slotCount] }.first
  }

  mutating func publish(_ bytes: [UInt8]) {
    let slots = slots(for: bytes.count)
    published.append(Published(bytes: bytes, slots: slots))
    head = (head + slots) % slotCount
    free -= slots
  }

  /// The wire takes whole frames, the first one also if it has more slots than it wants.
  mutating func sync() {
    var room = slotsPerSync
    while room > 0, let first = published.first, first.slots <= room || room == slotsPerSync {
      published.removeFirst()
      sent.append(first.bytes)
      free += first.slots
      room -= min(room, first.slots)
    }
  }

  mutating func takeSent() -> [[UInt8]] {
    defer { sent = [] }
    return sent
  }

  /// Begins again at another place, with nothing under way.
  mutating func place(at position: Int) {
    head = position
    free = slotCount - 1
    published = []
  }
}
