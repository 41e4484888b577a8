internal import Netmap
internal import RingMemory

// Rings as wrong backends use them: plainly, and without looking twice.
extension NetmapRing {
  /// The number of slots between head and tail.
  var available: Int { Int(indices.distance(from: head, to: tail)) }

  /// The position so many slots behind another.
  func position(_ start: UInt32, plus distance: Int) -> UInt32 {
    let size = Int(slotCount)
    return UInt32((Int(start) + distance % size + size) % size)
  }

  /// Sets head and current.
  func publish(to position: UInt32) {
    current = position
    head = position
  }

  /// Copies bytes into the buffer of the slot at a position, and sets length and flags.
  func write(_ bytes: ArraySlice<UInt8>, at position: UInt32, _ flags: NetmapSlotFlags) {
    let index = self[position].bufferIndex
    fill(index, bytes)
    self[position] = NetmapSlot(bufferIndex: index, length: UInt16(bytes.count), flags: flags)
  }

  /// Copies bytes into a buffer, as far as they fit.
  func fill(_ index: UInt32, _ bytes: ArraySlice<UInt8>) {
    guard hasBuffer(index) else { return }
    unsafe UnsafeMutableRawBufferPointer(start: buffer(index), count: bufferSize)
      .copyBytes(from: bytes.prefix(bufferSize))
  }

  /// Copies bytes into slots of these lengths from head on.
  ///
  /// - Parameter flags: The flags of a slot, by its number and that of all.
  /// - Returns: The position behind the last one.
  @discardableResult
  func put(
    _ bytes: [UInt8],
    cut lengths: [Int],
    flags: (Int, Int) -> NetmapSlotFlags = NetmapRing.rightFlags
  ) -> UInt32 {
    var (position, rest) = (head, bytes[...])
    for (number, length) in lengths.enumerated() {
      write(rest.prefix(length), at: position, flags(number, lengths.count))
      rest = rest.dropFirst(length)
      position = indices.next(position)
    }
    return position
  }

  /// More on all slots but the last.
  static func rightFlags(_ number: Int, _ count: Int) -> NetmapSlotFlags {
    number < count - 1 ? .moreFragments : []
  }

  /// The lengths of full slots, and of the last one.
  func cut(_ length: Int) -> [Int] {
    stride(from: 0, to: length, by: bufferSize).map { min(bufferSize, length - $0) }
  }

  /// The bytes of a slot, as far as its buffer reaches.
  func content(_ slot: NetmapSlot) -> [UInt8] {
    guard hasBuffer(slot.bufferIndex) else { return [] }
    return unsafe Array(
      UnsafeRawBufferPointer(
        start: buffer(slot.bufferIndex),
        count: min(Int(slot.length), bufferSize)
      )
    )
  }

  /// The slots from head to tail.
  var waiting: [NetmapSlot] {
    guard indices.contains(head), indices.contains(tail) else { return [] }
    return (0..<available).map { self[position(head, plus: $0)] }
  }

  /// The slots of the first chain, whole or not.
  var firstChain: [NetmapSlot] {
    let slots = waiting
    let last = slots.firstIndex { !$0.hasMore } ?? slots.count - 1
    return Array(slots.prefix(last + 1))
  }
}
