public import NetBackend
public import RingMemory
public import Synchronization
internal import SystemPackage

extension NetmapBackend {
  /// Copies the next frame out of its slots, and gives them back to the kernel.
  ///
  /// A frame that does not fit stays where it is.
  @inlinable
  public func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int?
  {
    let capacity = buffers.capacity
    // The elements are used within the call alone.
    let elements = unsafe buffers.withUnsafeElements { unsafe $0 }
    guard isOpen, let (head, slot) = singleSlot(), Int(slot.length) <= capacity else {
      return try unsafe receiveChain(elements, capacity)
    }
    let ring = firstRing
    let length = Int(slot.length)
    unsafe scatter(ring.buffer(slot.bufferIndex), length, to: elements)
    if state.headerLength.load(ordering: .relaxed) == 12 {
      unsafe storeBufferCount(elements, length)
    }
    let next = ring.indices.next(head)
    ring.current = next
    ring.head = next
    return length
  }

  /// The length in bytes of the next frame, that of all its slots together.
  @inlinable
  public func peekLength() throws(BackendError) -> Int? {
    if isOpen, let (_, slot) = singleSlot() { return Int(slot.length) }
    return try findChain("peekLength")?.length
  }

  /// Gives the slots of the next frame back to the kernel, however many they are.
  public func discard() throws(BackendError) -> Int? {
    guard let found = try findChain("discard") else { return nil }
    receiveRings[found.ring].release(to: found.end)
    return found.length
  }

  /// The next slot of the only ring, if a frame lies wholly in it and nothing is odd.
  @inlinable
  @inline(__always)
  func singleSlot() -> (UInt32, NetmapSlot)? {
    let ring = firstRing
    let head = ring.head
    guard hasOneRing, head < ring.slotCount, head != ring.tail else { return nil }
    let slot = ring[head]
    let isPlain =
      !slot.hasMore && slot.length > 0 && Int(slot.length) <= ring.bufferSize
      && ring.hasBuffer(slot.bufferIndex)
    return isPlain ? (head, slot) : nil
  }

  /// Copies `count` bytes to the elements, which have room for them.
  @inlinable
  @inline(__always)
  func scatter(
    _ source: UnsafeRawPointer,
    _ count: Int,
    to elements: UnsafeBufferPointer<BufferElement>
  ) {
    var (source, left) = unsafe (source, count)
    var list = unsafe elements.makeIterator()
    while left > 0, let element = unsafe list.next() {
      let length = unsafe Int(bitPattern: min(element.length, UInt(bitPattern: left)))
      if let base = unsafe element.base { unsafe base.copyShort(from: source, count: length) }
      unsafe source += length
      left &-= length
    }
  }
}

extension NetmapBackend {
  /// Receives a frame in several slots, or finds out why there is none.
  @inline(never)
  @usableFromInline
  func receiveChain(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int
  ) throws(BackendError) -> Int? {
    guard let found = try findChain("receive") else { return nil }
    guard found.length <= capacity else {
      throw failure(.noSpace(required: found.length), "receive")
    }
    let ring = receiveRings[found.ring]
    var target = unsafe ElementCursor(elements)
    for position in 0..<found.count {
      // As it was read when the frame was found: its memory may say something else by now.
      let slot = unsafe NetmapSlot(word: chain[position])
      unsafe target.write(Int(slot.length), from: ring.buffer(slot.bufferIndex))
    }
    if headerLength == 12 { unsafe storeBufferCount(elements, found.length) }
    ring.release(to: found.end)
    return found.length
  }

  /// Says that the frame lies in one buffer; neither kernel nor switch fills these two bytes.
  @inline(never)
  @usableFromInline
  func storeBufferCount(_ elements: UnsafeBufferPointer<BufferElement>, _ length: Int) {
    guard length >= 12 else { return }
    unsafe withUnsafeBytes(of: UInt16(1).littleEndian) { count in
      // The elements are the caller's for the length of the call.
      _ = unsafe MutableScatterGatherList(unsafeElements: elements).store(count, at: 10)
    }
  }

  /// Finds the next whole frame, after the kernel was asked for more if there is none.
  @inline(never)
  @usableFromInline
  func findChain(_ call: String) throws(BackendError) -> NetmapFrame? {
    try checkOpen(call)
    if let found = try findChainAtHand(call) { return found }
    do throws(Errno) { try port.syncReceive(descriptor) } catch {
      throw failure(.init(syncing: error), "NIOCRXSYNC", error)
    }
    return try findChainAtHand(call)
  }

  /// Finds the next whole frame on the ring of the last one, or on one of those that follow it.
  private func findChainAtHand(_ call: String) throws(BackendError) -> NetmapFrame? {
    let count = receiveRings.count
    let first = state.ring.load(ordering: .relaxed)
    for step in 0..<count {
      let number = (first + step) % count
      guard let found = try findChain(on: number, call) else { continue }
      state.ring.store(number, ordering: .relaxed)
      return found
    }
    return nil
  }

  private func findChain(on number: Int, _ call: String) throws(BackendError) -> NetmapFrame? {
    let ring = receiveRings[number]
    while true {
      let (head, tail) = (ring.head, ring.tail)
      guard ring.indices.contains(head) else { throw corrupt("head", head, call) }
      guard ring.indices.contains(tail) else { throw corrupt("tail", tail, call) }
      switch unsafe ring.readChain(from: head, to: tail, into: chain) {
      case .none: return nil
      case .unfinished:
        // Nothing new until more comes; the ring is not to be found readable until then.
        ring.current = tail
        return nil
      case .empty(let end): ring.release(to: end)
      case .corrupt(let end):
        state.counters.receiveCorrupt.add(1, ordering: .relaxed)
        ring.release(to: end)
      case .whole(let end, let count, let length):
        return NetmapFrame(ring: number, end: end, count: count, length: length)
      }
    }
  }
}

/// A frame that was found in a ring.
@usableFromInline
struct NetmapFrame: Sendable {
  /// The number of the ring.
  let ring: Int
  /// The position behind its last slot.
  let end: UInt32
  /// The number of its slots.
  let count: Int
  /// The length in bytes.
  @usableFromInline let length: Int
}
