internal import CallGate
internal import Glibc
public import NetBackend
internal import Synchronization
internal import SystemPackage

// Copies of the code that know their port, and that are one function: a system call is short enough
// for each function it returns through to show.
extension TapBackend {
  /// Writes the frame in one system call.
  @_specialize(where Port == LinuxTap)
  @_specialize(where Port == ScriptedTap<SimulatedTap>)
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let length = frame.totalLength, length <= Self.maximumLength else {
      try checkOpen("send")
      throw failure(.frameTooLong(maximum: Self.maximumLength), "send")
    }
    // The elements are used within the call alone.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    // As a function and not a closure, because that can be told to be inlined.
    @inline(__always)
    func hand(_ side: inout TapSendSide) -> Int {
      guard let form = side.form, length >= form.shortest else { return .min }
      let list = unsafe side.list(elements, length, behind: form.hidden)
      let written = unsafe write(list)
      return written < 0 ? written : written &- form.hidden
    }
    guard let written = gate.sending(hand) else { throw failure(.closed, "send") }
    if written == length { return length }
    return try explain(written, length)
  }

  /// Hands one frame to the device, in one call that is repeated only if a signal interrupted it.
  ///
  /// - Returns: The bytes written; the number of an error above the lowest number that there is, as one
  ///   number is looked at faster than a result.
  @inline(__always)
  private func write(_ elements: UnsafeBufferPointer<iovec>) -> Int {
    while true {
      do throws(Errno) {
        return try unsafe port.write(descriptor, elements: elements)
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
