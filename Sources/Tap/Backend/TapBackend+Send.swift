internal import Glibc
public import NetBackend
internal import Synchronization
internal import SystemPackage

// The real system calls are worth a copy of the code that knows them: it saves a lookup for each.
extension TapBackend {
  /// Writes the frame in one system call.
  @_specialize(where Port == LinuxTap)
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let length = frame.totalLength, length <= Self.maximumLength else {
      try checkOpen("send")
      throw failure(.frameTooLong(maximum: Self.maximumLength), "send")
    }
    // The elements are used within the call alone.
    return unsafe try frame.withUnsafeElements { (elements) throws(BackendError) -> Int? in
      try sendSide.withLock { (side) throws(BackendError) -> Int? in
        unsafe try send(elements, length, &side)
      }
    }
  }

  @inline(__always)
  private func send(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ length: Int,
    _ side: inout TapSendSide
  ) throws(BackendError) -> Int? {
    let form = try checkedForm(length, side.form)
    let hidden = form.hidden
    if hidden == 0 && elements.count <= TapVector.limit {
      return unsafe try transmit(elements.systemElements, length)
    }
    side.vector.clear()
    unsafe side.vector.append(
      UnsafeMutableRawBufferPointer(rebasing: side.zeros.bytes()[..<hidden])
    )
    unsafe side.appendFrame(elements, length, maximumLength: Self.maximumLength)
    guard try unsafe transmit(side.vector.elements, hidden + length) != nil else { return nil }
    return length
  }

  @inline(__always)
  private func checkedForm(
    _ length: Int,
    _ form: TapHeaderForm?
  ) throws(BackendError) -> TapHeaderForm {
    try checkOpen("send")
    guard length > 0 else { throw failure(.emptyFrame, "send") }
    guard let form else { throw failure(.disconnected, "TUNSETVNETHDRSZ") }
    let minimum = form.inUse + 14
    guard length >= minimum else { throw failure(.frameTooShort(minimum: minimum), "send") }
    return form
  }

  /// Hands one frame to the device, in one call that is repeated only if a signal interrupted it.
  @inline(__always)
  private func transmit(
    _ elements: UnsafeBufferPointer<iovec>,
    _ length: Int
  ) throws(BackendError) -> Int? {
    while true {
      do throws(Errno) {
        let written = try unsafe port.write(descriptor, elements: elements)
        if written == length { return length }
      } catch  where error == .interrupted {
        continue
      } catch {
        return try refused(error)
      }
      counters.sendFailed.add(1, ordering: .relaxed)
      throw failure(.dropped, "writev")
    }
  }

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
}

extension TapSendSide {
  /// Adds the frame to the vector: element by element, or in one piece if the list is too long.
  fileprivate mutating func appendFrame(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ length: Int,
    maximumLength: Int
  ) {
    guard elements.count >= TapVector.limit else {
      return unsafe vector.append(elements, room: length)
    }
    if whole.count == 0 { whole = TapFrameBuffer(count: maximumLength) }
    let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: whole.bytes()[..<length])
    // The elements are the caller's for the length of the call.
    _ = unsafe ScatterGatherList(unsafeElements: elements).copyBytes(to: piece)
    unsafe vector.append(piece)
  }
}
