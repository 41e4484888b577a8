internal import Glibc
public import NetBackend
internal import Netmap
internal import RingMemory

extension BhyveNetmap {
  /// The lengths of the slots from the first one on, up to one that is marked as the last or to the
  /// end of what there is.
  ///
  /// Source: bhyve `net_backends.c`, lines 601-619.
  public func peekLength() throws(BackendError) -> Int? {
    try check("netbe_peek_recvlen")
    do throws(RingFault) {
      let total = try sumOfSlots()
      return total == 0 ? nil : total
    } catch { throw stop("netmap_peek_recvlen: \(error.what)", line: error.line) }
  }

  private func sumOfSlots() throws(RingFault) -> Int {
    var (position, total) = (receiveRing.head, 0)
    for _ in 0...receiveRing.slotCount {
      guard position != receiveRing.tail else { return total }
      total += Int(try receiveRing.slot(position, line: 612).length)
      guard receiveRing[position].hasMore else { return total }
      position = receiveRing.indices.next(position)
    }
    // Round and round: the tail is no position, or else it moves away in front.
    throw RingFault(what: "a chain without an end", line: 609)
  }

  /// Copies the next frame out of its slots; of one that does not fit the beginning is copied, and
  /// the frame stays.
  ///
  /// Source: bhyve `net_backends.c`, lines 621-686.
  public func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int?
  {
    try check("netbe_recv")
    // The elements are the caller's for the length of the call.
    let elements = unsafe buffers.withUnsafeElements { unsafe $0 }
    let total: Int?
    do throws(RingFault) { total = try unsafe read(elements) } catch {
      throw stop("netmap_recv: \(error.what)", line: error.line)
    }
    guard let total else {
      throw BackendError(.system, call: "netmap_recv", subject: name, errno: ENOSPC)
    }
    return total == 0 ? nil : total
  }

  /// - Returns: The bytes copied; 0 if the frame is not whole, `nil` if it did not fit.
  private func read(_ elements: UnsafeBufferPointer<BufferElement>) throws(RingFault) -> Int? {
    guard !elements.isEmpty else { throw RingFault(what: "assertion of elements", line: 632) }
    var target = unsafe SlotReader(elements)
    var (position, total, count) = (receiveRing.head, 0, 0)
    while true {
      guard position != receiveRing.tail else { return 0 }
      // Each field is read where it is needed, and the flags only after the copy.
      let index = try receiveRing.slot(position, line: 647).bufferIndex
      let buffer = try unsafe receiveRing.buffer(index, line: 648)
      let length = Int(receiveRing[position].length)
      guard length <= receiveRing.bufferSize else {
        throw RingFault(what: "\(length) bytes of a buffer of \(receiveRing.bufferSize)", line: 655)
      }
      guard try unsafe target.take(buffer, length) else { return nil }
      total += length
      count += 1
      let isLast = !receiveRing[position].hasMore
      position = receiveRing.indices.next(position)
      if isLast { break }
      guard total > 0 || count <= receiveRing.slotCount else {
        throw RingFault(what: "a chain without an end", line: 639)
      }
    }
    receiveRing.current = position
    receiveRing.head = position
    return total
  }

  /// Receives into a buffer that nobody looks at.
  ///
  /// Source: bhyve `net_backends.c`, lines 866-881.
  public func discard() throws(BackendError) -> Int? {
    // One for each call: that the seed has a single one for all backends has no consequence.
    var scratch = [UInt8](repeating: 0, count: Self.discardSize)
    return try unsafe scratch.withElement { (element) throws(BackendError) -> Int? in
      let elements = unsafe UnsafeRawBufferPointer(element).assumingMemoryBound(
        to: BufferElement.self
      )
      return try unsafe receive(into: MutableScatterGatherList(unsafeElements: elements))
    }
  }
}
