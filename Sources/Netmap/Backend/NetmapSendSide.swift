public import NetBackend
public import RingMemory

/// What sending needs: the ring, and the length of the header in front of each frame.
@usableFromInline
struct NetmapSendSide: ~Copyable, Sendable {
  /// A chain is never longer.
  ///
  /// Source: netmap.h, `NETMAP_MAX_FRAGS`.
  private static let fragments = 64

  @usableFromInline let ring: NetmapRing
  /// The most bytes that go into one slot: its buffer's, or what its length can say.
  @usableFromInline let slotLength: Int
  /// The longest frame in bytes.
  @usableFromInline let frameLength: Int
  /// The shortest frame, vnet header included.
  @usableFromInline var leastLength = 14
  /// The same if there is no header; no frame is as long if there is.
  @usableFromInline var leastPlainLength = 14
  /// The buffers of the frame that is being placed, in as many words as a chain has slots.
  private let words = NetmapSlotWords(count: Self.fragments)
  /// The position of the first slot of the frame that was placed last.
  @usableFromInline var begun: UInt32 = 0

  init(_ ring: NetmapRing) {
    self.ring = ring
    slotLength = min(ring.bufferSize, Int(UInt16.max))
    frameLength = min(Self.fragments, Int(ring.slotCount) - 1) * slotLength
  }

  /// The length in bytes of the vnet header.
  var headerLength: Int {
    get { leastLength - 14 }
    set {
      leastLength = newValue + 14
      leastPlainLength = newValue == 0 ? leastLength : .max
    }
  }

  /// Why a frame of `total` bytes cannot be sent.
  func objection(to total: Int?) -> BackendError.Reason {
    guard let total, total <= frameLength else { return .frameTooLong(maximum: frameLength) }
    return total == 0 ? .emptyFrame : .frameTooShort(minimum: leastLength)
  }
}

/// What became of a frame on its way into a ring.
@usableFromInline
enum NetmapPlacement {
  /// It lies in slots, and they are published.
  case placed
  /// There are too few free slots.
  case noRoom
  /// A field of the ring cannot be what it is.
  case corrupt(NetmapCorruption)
}

/// A field of a ring that cannot be what it is.
@usableFromInline
struct NetmapCorruption: Sendable {
  /// The fields, by their names in C.
  enum Field: String, Sendable {
    case head, tail
    case bufferIndex = "buf_idx"
  }

  let field: Field
  let value: UInt32
}

extension NetmapSendSide {
  /// Puts a frame into slots and publishes them, if everything is as usual.
  ///
  /// One element in one slot and short frames, the shortest ways, are placed in the caller.
  ///
  /// - Returns: The frame's length in bytes; 0 if it was not placed.
  @inlinable
  @inline(__always)
  mutating func placeAtOnce(_ elements: UnsafeBufferPointer<BufferElement>) -> Int {
    guard elements.count == 1, let base = unsafe elements[unchecked: 0].base else {
      return unsafe placeFew(elements)
    }
    let length = unsafe Int(bitPattern: elements[unchecked: 0].length)
    guard length >= leastPlainLength, length <= slotLength else {
      return unsafe placeSeveral(elements, UInt(bitPattern: length), &self)
    }
    guard let buffer = unsafe takeSlot(length) else { return 0 }
    // Found before the copy, so that little is to be kept across it.
    let next = ring.indices.next(begun)
    if length > fewBytes { return unsafe placeLong(base, buffer, length, next, &self) }
    unsafe buffer.copyFew(from: base, count: length)
    ring.release(to: next)
    return length
  }

  /// Puts a short frame of several elements into a slot; see ``placeAtOnce(_:)``.
  @inlinable
  @inline(__always)
  mutating func placeFew(_ elements: UnsafeBufferPointer<BufferElement>) -> Int {
    let sum = unsafe elements.sumOfLengths
    let total = Int(bitPattern: sum)
    guard sum <= UInt(fewBytes), total >= leastPlainLength, total <= slotLength else {
      return unsafe placeSeveral(elements, sum, &self)
    }
    guard let buffer = unsafe takeSlot(total) else { return 0 }
    unsafe buffer.gatherFew(elements)
    ring.release(to: ring.indices.next(begun))
    return total
  }

  /// Writes the next slot, which is not published yet, for a frame that is all of it.
  @inlinable
  @inline(__always)
  mutating func takeSlot(_ length: Int) -> UnsafeMutableRawPointer? {
    let (head, tail) = (ring.head, ring.tail)
    guard head < ring.slotCount, tail < ring.slotCount, head != tail else { return nil }
    let index = ring[head].bufferIndex
    guard ring.hasBuffer(index) else { return nil }
    begun = head
    ring[head] = NetmapSlot(bufferIndex: index, length: UInt16(truncatingIfNeeded: length))
    return unsafe ring.buffer(index)
  }

  /// Clears the flags of a vnet header that a device does not know: it has to ignore them, and a switch
  /// drops such frames instead.
  ///
  /// Source: virtio 1.2, section 5.1.6.2.1; netmap_offloadings.c, `vnet_hdr_is_bad`.
  @inlinable
  @inline(__always)
  func clearUnknownFlags(_ header: UnsafeMutableRawPointer) {
    unsafe header.storeBytes(of: header.load(as: UInt8.self) & 0x03, as: UInt8.self)
  }

  /// Puts a frame into as many slots as it needs, and publishes them.
  @inline(never)
  @usableFromInline
  mutating func place(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int
  ) -> NetmapPlacement {
    let ring = ring
    let (head, tail) = (ring.head, ring.tail)
    guard ring.indices.contains(head) else { return .corrupt(.init(field: .head, value: head)) }
    guard ring.indices.contains(tail) else { return .corrupt(.init(field: .tail, value: tail)) }
    let room = Int(ring.indices.distance(from: head, to: tail))
    guard total <= room &* slotLength else { return .noRoom }
    // Every buffer is looked at before the first slot is written: a refused frame leaves nothing.
    if let index = wrongIndex(from: head, total) {
      return .corrupt(.init(field: .bufferIndex, value: index))
    }
    return unsafe fill(head, elements, total)
  }

  /// The first index that is none, in the slots from `head` on that a frame needs; all before it are
  /// kept, each of which is read once.
  @inline(__always)
  private func wrongIndex(from head: UInt32, _ total: Int) -> UInt32? {
    let ring = ring
    var kept = unsafe words.words
    var (position, left) = (head, total)
    repeat {
      let index = ring[position].bufferIndex
      guard ring.hasBuffer(index) else { return index }
      unsafe kept.pointee = UInt64(index)
      unsafe kept += 1
      left &-= slotLength
      position = ring.indices.next(position)
    } while left > 0
    return nil
  }

  /// Copies the elements into slots from `head` on, all but the last of which are filled, and publishes
  /// them; there are enough of them.
  @inline(__always)
  private mutating func fill(
    _ head: UInt32,
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int
  ) -> NetmapPlacement {
    let ring = ring
    var kept = unsafe words.words
    var source = unsafe ElementCursor(elements)
    var (position, left) = (head, total)
    repeat {
      // As it was read when all were looked at: the slot may name another one by now.
      let index = unsafe UInt32(truncatingIfNeeded: kept.pointee)
      unsafe kept += 1
      let buffer = unsafe ring.buffer(index)
      let length = min(left, slotLength)
      let isFirst = left == total
      left &-= length
      ring[position] = NetmapSlot(
        bufferIndex: index,
        length: UInt16(truncatingIfNeeded: length),
        flags: left > 0 ? .moreFragments : []
      )
      position = ring.indices.next(position)
      if left > 0 {
        unsafe ring.buffer(UInt32(truncatingIfNeeded: kept.pointee)).prefetchForWrite()
      } else {
        ring.prefetchForWrite(at: position)
      }
      unsafe source.read(length, into: buffer)
      if isFirst, leastLength > 14 { unsafe clearUnknownFlags(buffer) }
    } while left > 0
    begun = head
    ring.release(to: position)
    return .placed
  }
}

// Functions and not methods, because a method takes the register that holds the backend, and not
// borrowing, because what is borrowed is copied to the stack for each call.

/// Puts the elements of a frame into slots and publishes them, if everything is as usual.
///
/// - Parameter sum: The sum of the elements' lengths in bytes; more than any frame has if they have
///   none.
/// - Returns: The frame's length in bytes; 0 if it was not placed.
@inline(never)
@usableFromInline
func placeSeveral(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ sum: UInt,
  _ side: inout NetmapSendSide
) -> Int {
  let total = Int(bitPattern: sum)
  guard sum <= UInt(bitPattern: side.frameLength), total >= side.leastLength else { return 0 }
  guard total <= side.slotLength else {
    guard case .placed = unsafe side.place(elements, total) else { return 0 }
    return total
  }
  guard let buffer = unsafe side.takeSlot(total) else { return 0 }
  let next = side.ring.indices.next(side.begun)
  side.ring.prefetchForWrite(at: next)
  unsafe buffer.gather(elements)
  if side.leastLength > 14 { unsafe side.clearUnknownFlags(buffer) }
  side.ring.release(to: next)
  return total
}

/// Copies a long frame of one element into the slot that was taken for it, and publishes it.
@inline(never)
@usableFromInline
func placeLong(
  _ base: UnsafeMutableRawPointer,
  _ buffer: UnsafeMutableRawPointer,
  _ length: Int,
  _ next: UInt32,
  _ side: inout NetmapSendSide
) -> Int {
  side.ring.prefetchForWrite(at: next)
  unsafe buffer.copyMemory(from: base, byteCount: length)
  side.ring.release(to: next)
  return length
}
