internal import RingMemory

/// What lies at the head of a ring to receive from.
enum NetmapChain {
  /// No slot.
  case none
  /// Slots of a frame whose last one has not come yet.
  case unfinished
  /// Slots without a byte, up to a position.
  case empty(end: UInt32)
  /// Slots that cannot be right, up to the end of their chain.
  case corrupt(end: UInt32)
  /// A frame.
  case whole(end: UInt32, count: Int, length: Int)
}

extension NetmapRing {
  /// Reads the slots from `head` up to the end of a chain, each of them once.
  ///
  /// - Parameter words: Where to keep what was read; has room for all slots.
  @inline(__always)
  func readChain(
    from head: UInt32,
    to tail: UInt32,
    into words: UnsafeMutablePointer<UInt64>
  ) -> NetmapChain {
    var (position, count, length, isRight) = (head, 0, 0, true)
    while position != tail {
      let word = slotWord(position).load()
      let slot = NetmapSlot(word: word)
      unsafe words[count] = word
      if _slowPath(Int(slot.length) > bufferSize || !hasBuffer(slot.bufferIndex)) {
        isRight = false
      }
      length &+= Int(slot.length)
      count &+= 1
      position = indices.next(position)
      guard !slot.hasMore else { continue }
      guard isRight else { return .corrupt(end: position) }
      return length > 0
        ? .whole(end: position, count: count, length: length) : .empty(end: position)
    }
    if count == 0 { return .none }
    // A ring that is full of one frame never gets the rest of it.
    return count == Int(slotCount) - 1 ? .corrupt(end: tail) : .unfinished
  }
}
