public import CallGate
public import NetBackend
internal import Synchronization
public import SystemPackage

extension NetmapBackend {
  /// Puts the frame into as many slots as it needs, and hands them to the kernel.
  ///
  /// Returns `nil` if the ring has no room, also after the kernel was asked to take back slots.
  @inlinable
  @inline(__always)
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    // The elements are used within the call alone.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    let sent = unsafe sendAtOnce(elements)
    if sent > 0 { return sent }
    return try unsafe sendAnyhow(elements, sent)
  }

  /// Sends a frame, if everything is as usual.
  ///
  /// It throws nothing and ends where something is odd, so that the call of a short frame has little to
  /// keep: what it stores on the stack is a good part of what it costs.
  ///
  /// - Returns: The frame's length; 0 if nothing has been done; the negated number of an error of the
  ///   kernel, for which the frame was taken back.
  @inlinable
  @inline(never)
  func sendAtOnce(_ elements: UnsafeBufferPointer<BufferElement>) -> Int {
    guard var call = gate.sendingAtOnce() else { return 0 }
    let length = unsafe call.value.placeAtOnce(elements)
    guard length > 0 else { return call.end(0) }
    guard let errno = port.trySyncTransmit(descriptor) else { return call.end(length) }
    return takeBack(call, errno)
  }

  /// Sends a frame that was not sent at once, or finds out why it cannot be sent.
  @inlinable
  @inline(never)
  func sendAnyhow(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ outcome: Int
  ) throws(BackendError) -> Int? {
    guard outcome == 0 else { throw failure(syncing: Errno(rawValue: Int32(-outcome))) }
    let total = unsafe ScatterGatherList(unsafeElements: elements).totalLength
    @inline(__always)
    func place(_ side: inout NetmapSendSide) throws(BackendError) -> Int? {
      try unsafe sendChain(elements, total, &side)
    }
    guard let sent = try gate.sending(place) else { throw failure(.closed, "send") }
    return sent
  }

  @inlinable
  @inline(__always)
  func sendChain(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ total: Int?,
    _ side: inout NetmapSendSide
  ) throws(BackendError) -> Int? {
    guard let total, total >= side.leastLength, total <= side.frameLength else {
      throw objection(to: total, side)
    }
    var isLastTry = false
    while true {
      switch unsafe side.place(elements, total) {
      case .placed:
        guard let errno = port.trySyncTransmit(descriptor) else { return total }
        takeBack(&side)
        throw failure(syncing: errno)
      case .corrupt(let field):
        // The kernel starts a ring again whose indices cannot be; the next call finds it right.
        _ = port.trySyncTransmit(descriptor)
        throw corrupt(field, "send")
      case .noRoom:
        // What has been seen is not enough: waiting for room ends only when more comes.
        if isLastTry { side.ring.current = side.ring.tail }
        if let errno = port.trySyncTransmit(descriptor) { throw failure(syncing: errno) }
        if isLastTry { return nil }
        isLastTry = true
      }
    }
  }

  /// Why a frame of `total` bytes cannot be sent.
  @inline(never)
  @usableFromInline
  func objection(to total: Int?, _ side: borrowing NetmapSendSide) -> BackendError {
    failure(side.objection(to: total), "send")
  }

  /// Ends a call of which the kernel did not take the frame.
  ///
  /// - Returns: The negated number of the error.
  @inline(never)
  @usableFromInline
  func takeBack(_ call: consuming CallPassage<NetmapSendSide>, _ errno: Errno) -> Int {
    takeBack(&call.value)
    return call.end(Int(0 &- errno.rawValue))
  }

  /// Makes the slots of the frame that was placed last free again: the kernel did not look at them.
  @inline(never)
  @usableFromInline
  func takeBack(_ side: inout NetmapSendSide) {
    side.ring.release(to: side.begun)
    counters.sendFailed.add(1, ordering: .relaxed)
  }

  @inline(never)
  @usableFromInline
  func failure(syncing errno: Errno) -> BackendError {
    failure(.init(syncing: errno), "NIOCTXSYNC", errno)
  }
}

extension BackendError.Reason {
  /// What it means that the kernel does not sync a ring.
  @usableFromInline
  init(syncing errno: Errno) {
    switch errno {
    case .noSuchAddressOrDevice, .operationNotSupportedByDevice, .badFileDescriptor:
      self = .disconnected
    default: self = .system
    }
  }
}
