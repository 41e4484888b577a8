public import CallGate
public import NetBackend
public import RingMemory

// Functions and not methods, because a method takes the register that holds the backend. Each ends the
// call that it is given, or gives it to another one as the last thing it does: what is called in that
// way returns to the caller's caller, and the shortest call keeps nothing on the stack.

/// The length of the next frame on the only ring; 0 if there is none or anything is odd.
@inlinable
@inline(__always)
func lengthAtOnce(_ call: consuming CallPassage<NetmapReceiveSide>) -> Int {
  let ring = call.value.ring
  let (head, tail, slots) = (ring.head, ring.tail, call.value.soleSlots)
  guard head < slots, tail < slots, head != tail else { return call.end(0) }
  let slot = ring[head]
  guard Int(slot.length) <= ring.bufferSize, ring.hasBuffer(slot.bufferIndex) else {
    return call.end(0)
  }
  if _fastPath(!slot.hasMore) { return call.end(Int(slot.length)) }
  return lengthOfChain(from: head, to: tail, call)
}

/// The length of the frame of several slots that begins at `head`; 0 if anything is odd.
@inline(never)
@usableFromInline
func lengthOfChain(
  from head: UInt32,
  to tail: UInt32,
  _ call: consuming CallPassage<NetmapReceiveSide>
) -> Int {
  let chain = call.value.readChain(call.value.ring, 0, from: head, to: tail)
  guard case .whole = chain else { return call.end(0) }
  let length = call.value.frame.length
  return call.end(length)
}

/// Copies the next frame on the only ring to the elements and releases its slots.
///
/// A short frame for one element, the shortest way, is copied in the caller.
///
/// - Returns: Its length; 0 if there is none, if it does not fit or if anything is odd.
@inlinable
@inline(__always)
func takeAtOnce(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ call: consuming CallPassage<NetmapReceiveSide>
) -> Int {
  guard elements.count == 1, let base = unsafe elements[unchecked: 0].base,
    call.value.headerLength != 12
  else { return unsafe takeFew(elements, call) }
  guard let (head, slot) = call.value.soleSlot(),
    unsafe UInt(slot.length) <= elements[unchecked: 0].length
  else { return unsafe takeChain(elements, call) }
  let length = Int(slot.length)
  if length > fewBytes { return unsafe takeLong(base, head, slot, call) }
  unsafe base.copyFew(from: call.value.ring.buffer(slot.bufferIndex), count: length)
  call.value.ring.release(to: call.value.ring.indices.next(head))
  return call.end(length)
}

/// Copies the next frame to the elements and releases its slots; a short one without a call.
///
/// - Returns: Its length; 0 if there is none, if it does not fit or if anything is odd.
@inline(never)
@usableFromInline
func takeFew(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ call: consuming CallPassage<NetmapReceiveSide>
) -> Int {
  guard let (head, slot) = call.value.soleSlot() else { return unsafe takeChain(elements, call) }
  let length = Int(slot.length)
  guard call.value.headerLength != 12, length <= fewBytes, unsafe elements.hasRoom(for: length)
  else { return unsafe takeSeveral(elements, head, slot, call) }
  let buffer = unsafe UnsafeRawPointer(call.value.ring.buffer(slot.bufferIndex))
  unsafe buffer.scatterFew(length, to: elements)
  call.value.ring.release(to: call.value.ring.indices.next(head))
  return call.end(length)
}

/// Copies a slot to the elements and releases it.
///
/// - Returns: The frame's length; 0 if it does not fit.
@inline(never)
private func takeSeveral(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ head: UInt32,
  _ slot: NetmapSlot,
  _ call: consuming CallPassage<NetmapReceiveSide>
) -> Int {
  let ring = call.value.ring
  let (next, length) = (ring.indices.next(head), Int(slot.length))
  guard unsafe elements.hasRoom(for: length) else { return call.end(0) }
  ring.prefetch(at: next)
  unsafe UnsafeRawPointer(ring.buffer(slot.bufferIndex)).scatter(length, to: elements)
  if call.value.headerLength == 12 { unsafe elements.storeBufferCount(of: length) }
  ring.release(to: next)
  return call.end(length)
}

/// Copies the next frame to the elements and releases its slots, however many there are of either.
///
/// - Returns: Its length; 0 if there is none, if it does not fit or if anything is odd.
@inline(never)
@usableFromInline
func takeChain(
  _ elements: UnsafeBufferPointer<BufferElement>,
  _ call: consuming CallPassage<NetmapReceiveSide>
) -> Int {
  guard case .frame = unsafe call.value.take(into: elements) else { return call.end(0) }
  let length = call.value.frame.length
  return call.end(length)
}

/// Copies a slot to memory, which must have room for it, and releases it.
@inline(never)
@usableFromInline
func takeLong(
  _ base: UnsafeMutableRawPointer,
  _ head: UInt32,
  _ slot: NetmapSlot,
  _ call: consuming CallPassage<NetmapReceiveSide>
) -> Int {
  let ring = call.value.ring
  let next = ring.indices.next(head)
  ring.prefetch(at: next)
  unsafe base.copyMemory(from: ring.buffer(slot.bufferIndex), byteCount: Int(slot.length))
  ring.release(to: next)
  return call.end(Int(slot.length))
}
