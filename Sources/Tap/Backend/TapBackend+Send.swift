internal import CallGate
internal import Glibc
public import NetBackend
internal import Synchronization
internal import SystemPackage

// One function from the caller to Linux: a system call is short enough for each function it returns
// through to show.
extension TapBackend {
  /// Writes the frame in one system call.
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let length = frame.totalLength, length <= Self.maximumLength else {
      try checkOpen("send")
      throw failure(.frameTooLong(maximum: Self.maximumLength), "send")
    }
    // The elements are used within the call alone.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    guard var call = gate.sendingAtOnce() else { return try unsafe handInTurn(elements, length) }
    let written = unsafe hand(elements, length, &call.value)
    if written == length { return length }
    // It asks again what the form of the header is.
    call.end(())
    return try explain(written, length)
  }

  /// Sends a frame of `length` bytes once nobody has the backend alone.
  @inline(never)
  private func handInTurn(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ length: Int
  ) throws(BackendError) -> Int? {
    let written = gate.sending { (side) in unsafe hand(elements, length, &side) }
    guard let written else { throw failure(.closed, "send") }
    return written == length ? length : try explain(written, length)
  }

  /// Writes a frame of `length` bytes behind what the device wants to find in front of it.
  ///
  /// - Returns: The bytes of the frame that were written; `.min` if it cannot be sent, and the number
  ///   of an error above that, as one number is looked at faster than a result.
  @inline(__always)
  private func hand(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ length: Int,
    _ side: inout TapSendSide
  ) -> Int {
    guard let form = side.form, length >= form.shortest else { return .min }
    let written = unsafe write(side.list(elements, length, behind: form.hidden))
    return written < 0 ? written : written &- form.hidden
  }

  /// Hands one frame to the device, in one call that is repeated only if a signal interrupted it.
  ///
  /// - Returns: The bytes written, or the number of an error above `.min`.
  @inline(__always)
  private func write(_ elements: UnsafeBufferPointer<iovec>) -> Int {
    while true {
      do throws(Errno) {
        return callsLinux
          ? try unsafe LinuxTap.write(descriptor, elements)
          : try unsafe port.write(descriptor, elements: elements)
      } catch  where error != .interrupted {
        return .min + Int(error.rawValue)
      } catch {}
    }
  }

  /// What it means that other than `length` bytes were written.
  @inline(never)
  private func explain(_ written: Int, _ length: Int) throws(BackendError) -> Int? {
    if written == .min { throw objection(to: length) }
    // What is left without a header is never as far below zero as an error.
    guard written < Int.min / 2 else { throw dropped() }
    return try refused(Errno(rawValue: Int32(truncatingIfNeeded: written - .min)))
  }

  /// Why a frame of `length` bytes could not be sent.
  @inline(never)
  private func objection(to length: Int) -> BackendError {
    guard length > 0 else { return failure(.emptyFrame, "send") }
    guard case .some(let form) = gate.sending({ $0.form }) else { return failure(.closed, "send") }
    guard let form else { return failure(.disconnected, "TUNSETVNETHDRSZ") }
    return failure(.frameTooShort(minimum: form.shortest), "send")
  }

  @inline(never)
  private func refused(_ errno: Errno) throws(BackendError) -> Int? {
    switch errno {
    case .wouldBlock, .noBufferSpace:
      counters.sendNoRoom.add(1, ordering: .relaxed)
      return nil
    default:
      counters.sendFailed.add(1, ordering: .relaxed)
      throw failure(.init(writing: errno), "writev", errno)
    }
  }

  @inline(never)
  private func dropped() -> BackendError {
    counters.sendFailed.add(1, ordering: .relaxed)
    return failure(.dropped, "writev")
  }
}

extension TapSendSide {
  /// The list to pass to the device: the caller's own, unless it is too long or a header of `hidden`
  /// zeros stands in front of the frame.
  fileprivate mutating func list(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ length: Int,
    behind hidden: Int
  ) -> UnsafeBufferPointer<iovec> {
    if hidden == 0 && elements.count <= TapVector.limit { return unsafe elements.systemElements }
    vector.clear()
    unsafe vector.append(zeros.start, hidden)
    unsafe appendFrame(elements, length)
    return unsafe vector.elements
  }

  /// Adds the frame to the vector: element by element, or in one piece if the list is too long.
  private mutating func appendFrame(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ length: Int
  ) {
    guard elements.count >= TapVector.limit else {
      return unsafe vector.append(elements, room: length)
    }
    if whole.count < length { whole = TapFrameBuffer(count: maximumLength) }
    let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: whole.bytes()[..<length])
    // The elements are the caller's for the length of the call.
    _ = unsafe ScatterGatherList(unsafeElements: elements).copyBytes(to: piece)
    unsafe vector.append(piece)
  }
}
