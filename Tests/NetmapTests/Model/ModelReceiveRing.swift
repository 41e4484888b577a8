/// A slot that holds a part of a frame.
struct ModelSlot {
  var bytes: [UInt8]
  /// Whether the frame goes on in the next one.
  var hasMore = false
  /// Whether length and index can be.
  var isRight = true
}

/// A ring to receive from, as slots in a row: what it should do, as simply as that can be said.
struct ModelReceiveRing {
  /// What lies at the head.
  enum Front: Equatable {
    case nothing
    case wrong(slots: Int)
    case empty(slots: Int)
    case frame(slots: Int)
  }

  let slotCount: Int
  let bufferSize: Int
  private(set) var head = 0
  /// The slots that the program sees.
  private(set) var visible: [ModelSlot] = []
  /// The slots that the device has filled and no sync has shown.
  private var filled: [ModelSlot] = []
  /// The slots that the program released and no sync has given back.
  private var released = 0
  /// The frames on the wire.
  private var waiting: [[UInt8]] = []
  /// The places of slots whose index is none.
  var wrongPlaces: Set<Int> = []

  init(slotCount: Int, bufferSize: Int) {
    self.slotCount = slotCount
    self.bufferSize = bufferSize
  }

  /// The place of the first slot that the program does not see.
  var tail: Int { (head + visible.count) % slotCount }

  /// The slots that the device has.
  var free: Int { slotCount - 1 - visible.count - filled.count - released }

  /// Whether no slot holds anything.
  var isIdle: Bool { visible.isEmpty && filled.isEmpty }

  /// The place that the device fills next.
  var nextPlace: Int { (head + visible.count + filled.count) % slotCount }

  /// The places of the slots that the device has.
  var freePlaces: [Int] { (0..<free).map { (nextPlace + $0) % slotCount } }

  /// The frame at the head, or what is there instead.
  var front: Front {
    guard let end = visible.firstIndex(where: { !$0.hasMore }) else {
      return visible.count == slotCount - 1 ? .wrong(slots: visible.count) : .nothing
    }
    let chain = visible[...end]
    if !chain.allSatisfy(\.isRight) { return .wrong(slots: chain.count) }
    return chain.allSatisfy(\.bytes.isEmpty)
      ? .empty(slots: chain.count) : .frame(slots: chain.count)
  }

  /// The bytes of the next slots.
  func bytes(_ slots: Int) -> [UInt8] { visible[..<slots].reduce(into: []) { $0 += $1.bytes } }

  mutating func release(_ slots: Int) {
    visible.removeFirst(slots)
    head = (head + slots) % slotCount
    released += slots
  }

  /// The device fills its next slot.
  mutating func fill(_ slot: ModelSlot) {
    var slot = slot
    if wrongPlaces.contains(nextPlace) { slot.isRight = false }
    filled.append(slot)
  }

  mutating func inject(_ frame: [UInt8]) {
    if slots(for: frame) <= slotCount - 1 { waiting.append(frame) }
  }

  private func slots(for frame: [UInt8]) -> Int {
    max(1, (frame.count + bufferSize - 1) / bufferSize)
  }

  /// The device gets what was released, fills it from the wire, and shows what is filled.
  mutating func sync() {
    released = 0
    while let frame = waiting.first, slots(for: frame) <= free {
      waiting.removeFirst()
      let count = slots(for: frame)
      for number in 0..<count {
        let start = number * bufferSize
        let bytes = Array(frame[start..<min(start + bufferSize, frame.count)])
        fill(ModelSlot(bytes: bytes, hasMore: number < count - 1))
      }
    }
    visible += filled
    filled = []
  }

  /// Begins again at another place, empty.
  mutating func place(at position: Int) {
    head = position
    released = 0
  }
}
