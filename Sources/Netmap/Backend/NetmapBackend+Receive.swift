public import CallGate
public import NetBackend
public import RingMemory
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
    // As a function and not a closure, because that can be told to be inlined.
    @inline(__always)
    func take(_ side: inout NetmapReceiveSide) throws(BackendError) -> Int? {
      guard let (head, slot) = side.soleSlot(),
        Int(slot.length) <= capacity
      else { return try unsafe receiveChain(elements, capacity, &side) }
      let (ring, length) = (side.ring, Int(slot.length))
      unsafe UnsafeRawPointer(ring.buffer(slot.bufferIndex)).scatterAny(length, to: elements)
      if side.headerLength == 12 { unsafe side.storeBufferCount(elements, length) }
      ring.release(to: ring.indices.next(head))
      return length
    }
    guard let received = try gate.receiving(take) else { throw failure(.closed, "receive") }
    return received
  }

  /// The length in bytes of the next frame, that of all its slots together.
  @inlinable
  public func peekLength() throws(BackendError) -> Int? {
    @inline(__always)
    func look(_ side: inout NetmapReceiveSide) throws(BackendError) -> Int? {
      if let (_, slot) = side.soleSlot() { return Int(slot.length) }
      return try find(&side, "peekLength") ? side.frame.length : nil
    }
    guard let length = try gate.receiving(look) else { throw failure(.closed, "peekLength") }
    return length
  }

  /// Gives the slots of the next frame back to the kernel, however many they are.
  @inlinable
  public func discard() throws(BackendError) -> Int? {
    @inline(__always)
    func drop(_ side: inout NetmapReceiveSide) throws(BackendError) -> Int? {
      guard try find(&side, "discard") else { return nil }
      side.release()
      return side.frame.length
    }
    guard let dropped = try gate.receiving(drop) else { throw failure(.closed, "discard") }
    return dropped
  }

  /// Receives a frame of any length, or finds out why there is none.
  @inlinable
  @inline(never)
  func receiveChain(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int,
    _ side: inout NetmapReceiveSide
  ) throws(BackendError) -> Int? {
    let isFound = try find(&side, "receive") { (side) in
      unsafe side.take(into: elements, capacity)
    }
    guard isFound else { return nil }
    guard side.frame.length <= capacity else {
      throw failure(.noSpace(required: side.frame.length), "receive")
    }
    return side.frame.length
  }

  /// Finds the next whole frame, after the kernel was asked for more if there is none.
  @inlinable
  @inline(__always)
  func find(
    _ side: inout NetmapReceiveSide,
    _ call: String,
    _ look: (inout NetmapReceiveSide) -> NetmapFinding = { (side) in side.find() }
  ) throws(BackendError) -> Bool {
    var finding = look(&side)
    if case .nothing = finding {
      do throws(Errno) { try port.syncReceive(descriptor) } catch {
        throw failure(.init(syncing: error), "NIOCRXSYNC", error)
      }
      finding = look(&side)
    }
    switch finding {
    case .frame: return true
    case .nothing: return false
    case .corrupt(let field):
      // The kernel starts a ring again whose indices cannot be; the next call finds it right.
      try? port.syncReceive(descriptor)
      throw corrupt(field, call)
    }
  }
}
