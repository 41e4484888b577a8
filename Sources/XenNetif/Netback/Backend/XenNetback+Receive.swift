internal import CallGate
public import NetBackend
internal import Synchronization

extension XenNetback {
  /// The length in bytes of the next frame that the frontend sent, vnet header included.
  public func peekLength() throws(BackendError) -> Int? {
    try receiving("peekLength") { (side) in
      side.inbox.front().map { $0.length + side.inbox.form.length }
    }
  }

  /// Consumes the next frame, or the next segment of it if it is cut.
  public func discard() throws(BackendError) -> Int? {
    try receiving("discard") { (side) in
      guard let front = side.inbox.front() else { return nil }
      remove(&side)
      return front.length + side.inbox.form.length
    }
  }

  /// Copies the next frame behind its vnet header; one that does not fit stays.
  public func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int?
  {
    let capacity = buffers.capacity
    // The elements are used within the call alone.
    let elements = unsafe buffers.withUnsafeElements { unsafe $0 }
    return try receiving("receive") { (side) throws(BackendError) in
      guard let front = side.inbox.front() else { return nil }
      let headerLength = side.inbox.form.length
      let total = front.length + headerLength
      guard total <= capacity else { throw vif.failure(.noSpace(required: total), "receive") }
      let list = unsafe MutableScatterGatherList(unsafeElements: elements)
      if headerLength > 0 { list.store(front.header, length: headerLength) }
      let bytes = unsafe UnsafeRawBufferPointer(start: front.bytes, count: front.length)
      unsafe list.store(bytes, at: headerLength)
      remove(&side)
      return total
    }
  }

  private func receiving(
    _ call: String,
    _ body: (inout VifReceiveSide<Port>) throws(BackendError) -> Int?
  ) throws(BackendError) -> Int? {
    func look(_ side: inout VifReceiveSide<Port>) throws(BackendError) -> Int? {
      defer { if side.inbox.uncuttable > 0 { countUncuttable(&side) } }
      return try body(&side)
    }
    let waiting = try vif.gate.receiving(look)
    guard let waiting else { throw vif.failure(.closed, call) }
    if let waiting { return waiting }
    // Who asks before the loop has turned gets what it would bring.
    vif.serveEvents()
    let answer = try vif.gate.receiving { (side) throws(BackendError) -> Int? in
      let answer = try look(&side)
      if answer == nil { finish(&side) }
      return answer
    }
    guard let answer else { throw vif.failure(.closed, call) }
    return answer
  }

  private func countUncuttable(_ side: inout VifReceiveSide<Port>) {
    vif.counters.receiveCorrupt.add(side.inbox.uncuttable, ordering: .relaxed)
    side.inbox.uncuttable = 0
  }

  /// Takes the next frame away, and lets the frontend go on if it had to wait for that.
  private func remove(_ side: inout VifReceiveSide<Port>) {
    side.inbox.removeFront()
    if side.inbox.isEmpty { finish(&side) }
  }

  /// Says that nothing waits, after a look at rings that were left because too much waited.
  private func finish(_ side: inout VifReceiveSide<Port>) {
    let outcome = vif.serve(&side, where: { $0.isBlocked })
    guard outcome.hasMore else { return }
    side.hasWork = true
    vif.readiness.setWork(true)
  }
}

extension MutableScatterGatherList {
  /// Stores the first bytes of a vnet header.
  fileprivate borrowing func store(_ header: VirtioNetHeader, length: Int) {
    var words = (
      UInt16(header.flags.rawValue) | UInt16(header.segmentation) << 8, header.headersLength,
      header.segmentSize, header.checksumStart, header.checksumOffset, header.bufferCount
    )
    // The machine is little-endian, as the header.
    unsafe withUnsafeBytes(of: &words) { bytes in
      _ = unsafe store(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
    }
  }
}
