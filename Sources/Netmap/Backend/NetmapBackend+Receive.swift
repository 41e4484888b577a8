public import CallGate
public import NetBackend
internal import SystemPackage

extension NetmapBackend {
  /// Copies the next frame out of its slots, and gives them back to the kernel.
  ///
  /// A frame that does not fit stays where it is.
  @inlinable
  @inline(__always)
  public func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int?
  {
    // The elements are used within the call alone.
    let elements = unsafe buffers.withUnsafeElements { unsafe $0 }
    let received = unsafe receiveAtOnce(elements)
    if received > 0 { return received }
    return try unsafe receiveAnyhow(elements)
  }

  /// The length in bytes of the next frame, that of all its slots together.
  @inlinable
  @inline(__always)
  public func peekLength() throws(BackendError) -> Int? {
    let length = peekAtOnce()
    if length > 0 { return length }
    return try peekAnyhow()
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

  /// Receives a frame, if everything is as usual; see ``sendAtOnce(_:)``.
  ///
  /// - Returns: Its length; 0 if nothing has been received.
  @inlinable
  @inline(never)
  func receiveAtOnce(_ elements: UnsafeBufferPointer<BufferElement>) -> Int {
    guard let call = gate.receivingAtOnce() else { return 0 }
    return unsafe takeAtOnce(elements, call)
  }

  /// Receives a frame that was not received at once, or finds out why there is none.
  @inlinable
  @inline(never)
  func receiveAnyhow(
    _ elements: UnsafeBufferPointer<BufferElement>
  ) throws(BackendError) -> Int? {
    @inline(__always)
    func take(_ side: inout NetmapReceiveSide) throws(BackendError) -> Int? {
      let isFound = try find(&side, "receive") { (side) in unsafe side.take(into: elements) }
      return isFound ? side.frame.length : nil
    }
    guard let received = try gate.receiving(take) else { throw failure(.closed, "receive") }
    return received
  }

  /// The length of the next frame, if everything is as usual; 0 otherwise.
  @inlinable
  @inline(never)
  func peekAtOnce() -> Int {
    guard let call = gate.receivingAtOnce() else { return 0 }
    return lengthAtOnce(call)
  }

  /// The length of a frame that was not found at once.
  @inlinable
  @inline(never)
  func peekAnyhow() throws(BackendError) -> Int? {
    @inline(__always)
    func look(_ side: inout NetmapReceiveSide) throws(BackendError) -> Int? {
      try find(&side, "peekLength") ? side.frame.length : nil
    }
    guard let length = try gate.receiving(look) else { throw failure(.closed, "peekLength") }
    return length
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
    case .tooLong: throw failure(.noSpace(required: side.frame.length), call)
    case .nothing: return false
    case .corrupt(let field):
      // The kernel starts a ring again whose indices cannot be; the next call finds it right.
      try? port.syncReceive(descriptor)
      throw corrupt(field, call)
    }
  }
}
