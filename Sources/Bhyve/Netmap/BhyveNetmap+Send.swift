public import NetBackend
internal import Netmap
internal import SystemPackage

extension BhyveNetmap {
  /// Copies the elements into slots as long as there are any, and has the kernel send what was
  /// published; what came of that nobody asks.
  ///
  /// Source: bhyve `net_backends.c`, lines 521-599.
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    try check("netbe_send")
    // The elements are the caller's for the length of the call.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    let total: Int
    do throws(RingFault) { total = try unsafe write(elements) } catch {
      throw stop("netmap_send: \(error.what)", line: error.line)
    }
    try? port.syncTransmit(descriptor)
    return total
  }

  /// Writes the elements and publishes them, unless the slots run out: then what was written stays
  /// where it is, and nothing of it is published.
  ///
  /// - Returns: The lengths of the elements that were begun.
  private func write(_ elements: UnsafeBufferPointer<BufferElement>) throws(RingFault) -> Int {
    let head = transmitRing.head
    guard head != transmitRing.tail else { return 0 }
    var slots = try SlotWriter(transmitRing, from: head)
    var total = 0
    for index in elements.indices {
      // An int: of a length that does not fit one the lower half is left, and its sign may change.
      let length = unsafe Int(Int32(truncatingIfNeeded: elements[index].length))
      total += length
      guard try unsafe write(elements[index].base, length, to: &slots) else { return total }
    }
    slots.publish()
    return total
  }

  /// Writes one element; `false` if the slots ran out.
  private func write(
    _ base: UnsafeMutableRawPointer?,
    _ length: Int,
    to slots: inout SlotWriter
  ) throws(RingFault) -> Bool {
    var (source, left) = unsafe (base, length)
    while true {
      let count = min(left, slots.room)
      guard count >= 0 else { throw RingFault(what: "copy of a negative length", line: 558) }
      if let start = unsafe source {
        unsafe slots.write(start, count)
        unsafe source = start + count
      }
      left -= count
      if left == 0 { return true }
      guard try slots.advance() else { return false }
    }
  }
}
