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

  init(_ ring: NetmapRing) {
    self.ring = ring
    slotLength = min(ring.bufferSize, Int(UInt16.max))
    frameLength = min(Self.fragments, Int(ring.slotCount) - 1) * slotLength
  }

  /// The length in bytes of the vnet header.
  var headerLength: Int {
    get { leastLength - 14 }
    set { leastLength = newValue + 14 }
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
  /// It lies in slots from the one at a position on, and they are published.
  case placed(UInt32)
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
  /// Puts a frame into the one slot that it needs, if everything is as usual.
  ///
  /// - Returns: The slot's position.
  @inlinable
  @inline(__always)
  func placeInOne(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int
  ) -> UInt32? {
    let ring = ring
    guard total >= leastLength, total <= slotLength else { return nil }
    let (head, tail) = (ring.head, ring.tail)
    guard head < ring.slotCount, tail < ring.slotCount, head != tail else { return nil }
    let index = ring[head].bufferIndex
    guard ring.hasBuffer(index) else { return nil }
    let buffer = unsafe ring.buffer(index)
    unsafe buffer.gatherAny(elements, total)
    if leastLength > 14 { unsafe clearUnknownFlags(buffer) }
    ring[head] = NetmapSlot(bufferIndex: index, length: UInt16(truncatingIfNeeded: total))
    ring.release(to: ring.indices.next(head))
    return head
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

  /// Puts a frame into as many slots as it needs.
  @usableFromInline
  func place(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int
  ) -> NetmapPlacement {
    let ring = ring
    let (head, tail) = (ring.head, ring.tail)
    guard ring.indices.contains(head) else { return .corrupt(.init(field: .head, value: head)) }
    guard ring.indices.contains(tail) else { return .corrupt(.init(field: .tail, value: tail)) }
    let room = Int(ring.indices.distance(from: head, to: tail))
    guard total <= room &* slotLength else { return .noRoom }
    // Every buffer is looked at before the first byte is copied: a refused frame leaves nothing.
    if let index = wrongIndex(from: head, total) {
      return .corrupt(.init(field: .bufferIndex, value: index))
    }
    return unsafe fill(head, elements, total)
  }

  /// The first index that is none, in the slots from `head` on that a frame needs.
  @inline(__always)
  private func wrongIndex(from head: UInt32, _ total: Int) -> UInt32? {
    let ring = ring
    var (position, left) = (head, total)
    while left > 0 {
      let index = ring[position].bufferIndex
      guard ring.hasBuffer(index) else { return index }
      left &-= slotLength
      position = ring.indices.next(position)
    }
    return nil
  }

  /// Copies the elements into slots from `head` on, all but the last of which are filled, and publishes
  /// them.
  @inline(__always)
  private func fill(
    _ head: UInt32,
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int
  ) -> NetmapPlacement {
    let ring = ring
    var source = unsafe ElementCursor(elements)
    var (position, left) = (head, total)
    while left > 0 {
      // It is read again, and so it may be another one by now.
      let index = ring[position].bufferIndex
      guard ring.hasBuffer(index) else {
        return .corrupt(.init(field: .bufferIndex, value: index))
      }
      let buffer = unsafe ring.buffer(index)
      let length = min(left, slotLength)
      unsafe source.read(length, into: buffer)
      if left == total, leastLength > 14 { unsafe clearUnknownFlags(buffer) }
      left &-= length
      ring[position] = NetmapSlot(
        bufferIndex: index,
        length: UInt16(truncatingIfNeeded: length),
        flags: left > 0 ? .moreFragments : []
      )
      position = ring.indices.next(position)
    }
    ring.release(to: position)
    return .placed(head)
  }
}
