public import NetBackend
internal import RingMemory
internal import Synchronization

/// What receiving needs: the rings, and the frame that was found last.
@usableFromInline
struct NetmapReceiveSide: ~Copyable, Sendable {
  /// The first of the rings, in most cases the only one.
  @usableFromInline let ring: NetmapRing
  /// The number of its slots; 0 if there are more rings, and while a chain is kept.
  @usableFromInline var soleSlots: UInt32
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
  /// The next slot of the only ring, if a frame lies wholly in it and nothing is odd, nor kept.
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

  /// Whether the chain that was found last is what still lies there, the ring's indices being these.
  ///
  /// Until one of them moves its slots are the program's alone. So they are not read again: a chain
  /// that was peeked at is what is received, whatever the far side writes into them meanwhile.
  @inline(__always)
  func isKept(_ head: UInt32, _ tail: UInt32, on number: Int) -> Bool {
    frame.begin == head && frame.tail == tail && frame.ring == number
  }

  /// Reads the chain at the head of a ring, and keeps it if it is a frame of several slots.
  @inline(__always)
  mutating func readChain(
    _ ring: NetmapRing,
    _ number: Int,
    from head: UInt32,
    to tail: UInt32
  ) -> NetmapChain {
    // The words of what was kept are overwritten, with what may not be right.
    forget()
    let chain = unsafe ring.readChain(from: head, to: tail, into: words.words)
    if case .whole(let end, let count, let length) = chain {
      frame = NetmapFrame(
        ring: number,
        begin: count > 1 ? head : .max,
        tail: tail,
        end: end,
        count: count,
        length: length
      )
      if count > 1 { soleSlots = 0 }
    }
    return chain
  }

  /// Keeps no chain any more.
  private mutating func forget() {
    frame.begin = .max
    soleSlots = rings.count == 1 ? ring.slotCount : 0
  }

  @inline(__always)
  private mutating func find(on number: Int) -> NetmapFinding {
    let ring = rings[number]
    while true {
      let (head, tail) = (ring.head, ring.tail)
      guard ring.indices.contains(head) else { return .corrupt(.init(field: .head, value: head)) }
      guard ring.indices.contains(tail) else { return .corrupt(.init(field: .tail, value: tail)) }
      if isKept(head, tail, on: number) { return .frame }
      switch readChain(ring, number, from: head, to: tail) {
      case .none: return .nothing
      case .unfinished:
        // Nothing new until more comes; the ring is not to be found readable until then.
        ring.current = tail
        return .nothing
      case .empty(let end): ring.release(to: end)
      case .corrupt(let end):
        counters.receiveCorrupt.add(1, ordering: .relaxed)
        ring.release(to: end)
      case .whole: return .frame
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
    if headerLength == 12 { unsafe elements.storeBufferCount(of: frame.length) }
    release()
    return finding
  }

  /// Releases the slots of the frame that was found.
  @usableFromInline
  mutating func release() {
    forget()
    rings[frame.ring].release(to: frame.end)
  }

  /// Drops the frames that arrived under another length of the header.
  mutating func dropStale() {
    forget()
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
