public import NetBackend
public import RingMemory
internal import Synchronization

/// What receiving needs: the rings, and the frame that was found last.
@usableFromInline
struct NetmapReceiveSide: ~Copyable, Sendable {
  /// The first of the rings, in most cases the only one.
  @usableFromInline let ring: NetmapRing
  /// The number of its slots; 0 if there are more rings.
  @usableFromInline let soleSlots: UInt32
  @usableFromInline let rings: [NetmapRing]
  /// The length in bytes of the vnet header.
  @usableFromInline var headerLength = 0
  /// The frame that was found last.
  @usableFromInline var frame = NetmapFrame()
  /// Keeps the memory of all rings, until the backend is closed.
  var memory: SharedMemory?
  /// The words of the slots of the frame that was found last, as they were read.
  private let words: NetmapSlotWords
  private let counters: NetmapCounters

  init(_ rings: [NetmapRing], _ memory: SharedMemory, counters: NetmapCounters) {
    self.rings = rings
    self.memory = memory
    self.counters = counters
    ring = rings[0]
    soleSlots = rings.count == 1 ? rings[0].slotCount : 0
    words = NetmapSlotWords(count: Int(rings.map(\.slotCount).max() ?? 1))
  }
}

/// A frame that was found in a ring.
@usableFromInline
struct NetmapFrame: Sendable {
  /// The number of the ring.
  var ring = 0
  /// The position behind its last slot.
  var end: UInt32 = 0
  /// The number of its slots.
  var count = 0
  /// The length in bytes.
  @usableFromInline var length = 0
}

/// What was found at the heads of the rings.
@usableFromInline
enum NetmapFinding {
  /// A frame, which is described in the side that looked.
  case frame
  /// One that is longer than the elements to which it was to be copied.
  case tooLong
  /// No whole frame.
  case nothing
  /// A field of a ring cannot be what it is.
  case corrupt(NetmapCorruption)
}

extension NetmapReceiveSide {
  /// The length of the next frame on the only ring; 0 if there is none or anything is odd.
  @inlinable
  @inline(__always)
  mutating func lengthAtOnce() -> Int {
    let (head, tail) = (ring.head, ring.tail)
    guard head < soleSlots, tail < soleSlots, head != tail else { return 0 }
    let slot = ring[head]
    guard Int(slot.length) <= ring.bufferSize, ring.hasBuffer(slot.bufferIndex) else { return 0 }
    if _fastPath(!slot.hasMore) { return Int(slot.length) }
    return lengthOfChain(from: head, to: tail, Int(slot.length), &self)
  }

  /// Copies the next frame on the only ring to the elements and releases its slots.
  ///
  /// A short frame for one element, the shortest way, is copied in the caller.
  ///
  /// - Returns: Its length; 0 if there is none, if it does not fit or if anything is odd.
  @inlinable
  @inline(__always)
  mutating func takeAtOnce(_ elements: UnsafeBufferPointer<BufferElement>) -> Int {
    guard elements.count == 1, let base = unsafe elements[unchecked: 0].base, headerLength != 12
    else { return unsafe takeFew(elements, &self) }
    guard let (head, slot) = soleSlot(),
      unsafe UInt(slot.length) <= elements[unchecked: 0].length
    else { return unsafe takeChain(elements, &self) }
    let length = Int(slot.length)
    if length > fewBytes { return unsafe takeLong(base, head, slot, &self) }
    unsafe base.copyFew(from: ring.buffer(slot.bufferIndex), count: length)
    ring.release(to: ring.indices.next(head))
    return length
  }

  /// The next slot of the only ring, if a frame lies wholly in it and nothing is odd.
  @inlinable
  @inline(__always)
  mutating func soleSlot() -> (position: UInt32, slot: NetmapSlot)? {
    let (head, tail) = (ring.head, ring.tail)
    guard head < soleSlots, tail < soleSlots, head != tail else { return nil }
    let slot = ring[head]
    // A length of 0 becomes the largest number, and is too large.
    guard !slot.hasMore, UInt(slot.length) &- 1 < UInt(bitPattern: ring.bufferSize),
      ring.hasBuffer(slot.bufferIndex)
    else { return nil }
    return (head, slot)
  }

  /// Finds the next whole frame on the ring of the last one, or on one of those that follow it.
  @usableFromInline
  mutating func find() -> NetmapFinding {
    let finding = find(on: frame.ring)
    guard case .nothing = finding, rings.count > 1 else { return finding }
    return findElsewhere()
  }

  @inline(never)
  private mutating func findElsewhere() -> NetmapFinding {
    for step in 1..<rings.count {
      let finding = find(on: (frame.ring + step) % rings.count)
      if case .nothing = finding { continue }
      return finding
    }
    return .nothing
  }

  @inline(__always)
  private mutating func find(on number: Int) -> NetmapFinding {
    let ring = rings[number]
    while true {
      let (head, tail) = (ring.head, ring.tail)
      guard ring.indices.contains(head) else { return .corrupt(.init(field: .head, value: head)) }
      guard ring.indices.contains(tail) else { return .corrupt(.init(field: .tail, value: tail)) }
      switch unsafe ring.readChain(from: head, to: tail, into: words.words) {
      case .none: return .nothing
      case .unfinished:
        // Nothing new until more comes; the ring is not to be found readable until then.
        ring.current = tail
        return .nothing
      case .empty(let end): ring.release(to: end)
      case .corrupt(let end):
        counters.receiveCorrupt.add(1, ordering: .relaxed)
        ring.release(to: end)
      case .whole(let end, let count, let length):
        frame = NetmapFrame(ring: number, end: end, count: count, length: length)
        return .frame
      }
    }
  }

  /// Copies the next frame to the elements and releases its slots, if it fits.
  @inline(never)
  @usableFromInline
  mutating func take(into elements: UnsafeBufferPointer<BufferElement>) -> NetmapFinding {
    let finding = find()
    guard case .frame = finding else { return finding }
    guard unsafe elements.hasRoom(for: frame.length) else { return .tooLong }
    let ring = rings[frame.ring]
    let words = unsafe words.words
    var target = unsafe ElementCursor(elements)
    for position in 0..<frame.count {
      // As it was read when the frame was found: its memory may say something else by now.
      let slot = unsafe NetmapSlot(word: words[position])
      if position + 1 < frame.count {
        unsafe ring.buffer(NetmapSlot(word: words[position + 1]).bufferIndex).prefetch()
      } else {
        ring.prefetch(at: frame.end)
      }
      unsafe target.write(Int(slot.length), from: ring.buffer(slot.bufferIndex))
    }
    if headerLength == 12 { unsafe storeBufferCount(elements, frame.length) }
    ring.release(to: frame.end)
    return finding
  }

  /// Releases the slots of the frame that was found.
  @usableFromInline
  mutating func release() { rings[frame.ring].release(to: frame.end) }

  /// Drops the frames that arrived under another length of the header.
  func dropStale() {
    for ring in rings {
      let (head, tail) = (ring.head, ring.tail)
      guard ring.indices.contains(head), ring.indices.contains(tail) else { continue }
      var position = head
      while position != tail {
        if !ring[position].hasMore { counters.receiveStale.add(1, ordering: .relaxed) }
        position = ring.indices.next(position)
      }
      ring.release(to: tail)
    }
  }
}

// Functions and not methods, because a method takes the register that holds the backend.

/// Copies the next frame to the elements and releases its slots; a short one without a call.
///
/// - Returns: Its length; 0 if there is none, if it does not fit or if anything is odd.
@inline(never)
@usableFromInline
func takeFew(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ side: inout NetmapReceiveSide
) -> Int {
  guard let (head, slot) = side.soleSlot() else { return unsafe takeChain(elements, &side) }
  guard side.headerLength != 12, Int(slot.length) <= fewBytes,
    unsafe elements.hasRoom(for: Int(slot.length))
  else { return unsafe takeSeveral(elements, head, slot, &side) }
  let buffer = unsafe UnsafeRawPointer(side.ring.buffer(slot.bufferIndex))
  unsafe buffer.scatterFew(Int(slot.length), to: elements)
  side.ring.release(to: side.ring.indices.next(head))
  return Int(slot.length)
}

/// Copies a slot to the elements and releases it.
///
/// - Returns: The frame's length; 0 if it does not fit.
@inline(never)
private func takeSeveral(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ head: UInt32,
  _ slot: NetmapSlot,
  _ side: inout NetmapReceiveSide
) -> Int {
  let (next, length) = (side.ring.indices.next(head), Int(slot.length))
  guard unsafe elements.hasRoom(for: length) else { return 0 }
  side.ring.prefetch(at: next)
  unsafe UnsafeRawPointer(side.ring.buffer(slot.bufferIndex)).scatter(length, to: elements)
  if side.headerLength == 12 { unsafe storeBufferCount(elements, length) }
  side.ring.release(to: next)
  return length
}

/// Copies the next frame to the elements and releases its slots, however many there are of either.
///
/// - Returns: Its length; 0 if there is none, if it does not fit or if anything is odd.
@inline(never)
@usableFromInline
func takeChain(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ side: inout NetmapReceiveSide
) -> Int {
  guard case .frame = unsafe side.take(into: elements) else { return 0 }
  return side.frame.length
}

/// The length of the frame whose first slot, of `first` bytes, lies at `head`; 0 if anything is odd.
@inline(never)
@usableFromInline
func lengthOfChain(
  from head: UInt32,
  to tail: UInt32,
  _ first: Int,
  _ side: inout NetmapReceiveSide
) -> Int {
  let ring = side.ring
  var (position, length) = (ring.indices.next(head), first)
  while position != tail {
    let slot = ring[position]
    guard Int(slot.length) <= ring.bufferSize, ring.hasBuffer(slot.bufferIndex) else { return 0 }
    length &+= Int(slot.length)
    if !slot.hasMore { return length }
    position = ring.indices.next(position)
  }
  return 0
}

/// Copies a slot to memory, which must have room for it, and releases it.
@inline(never)
@usableFromInline
func takeLong(
  _ base: UnsafeMutableRawPointer,
  _ head: UInt32,
  _ slot: NetmapSlot,
  _ side: inout NetmapReceiveSide
) -> Int {
  let next = side.ring.indices.next(head)
  side.ring.prefetch(at: next)
  unsafe base.copyMemory(from: side.ring.buffer(slot.bufferIndex), byteCount: Int(slot.length))
  side.ring.release(to: next)
  return Int(slot.length)
}

/// Says that a frame lies in one buffer; neither kernel nor switch fills these two bytes.
@inline(never)
private func storeBufferCount(_ elements: UnsafeBufferPointer<BufferElement>, _ length: Int) {
  guard length >= 12 else { return }
  unsafe withUnsafeBytes(of: UInt16(1).littleEndian) { count in
    // The elements are the caller's for the length of the call.
    _ = unsafe MutableScatterGatherList(unsafeElements: elements).store(count, at: 10)
  }
}
