public import CallGate
public import NetBackend
internal import Synchronization
public import SystemPackage

extension NetmapBackend {
  /// Puts the frame into as many slots as it needs, and hands them to the kernel.
  ///
  /// Returns `nil` if the ring has no room, also after the kernel was asked to take back slots.
  @inlinable
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let total = frame.totalLength
    // The elements are used within the call alone.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    // As a function and not a closure, because that can be told to be inlined.
    @inline(__always)
    func place(_ side: inout NetmapSendSide) throws(BackendError) -> Int? {
      guard let total, let head = unsafe side.placeInOne(elements, total) else {
        return try unsafe sendChain(elements, total, &side)
      }
      try handOver(from: head, &side)
      return total
    }
    guard let sent = try gate.sending(place) else { throw failure(.closed, "send") }
    return sent
  }

  /// Sends a frame of any length, or finds out why it cannot be sent.
  @inlinable
  @inline(never)
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
      case .placed(let head):
        try handOver(from: head, &side)
        return total
      case .corrupt(let field):
        // The kernel starts a ring again whose indices cannot be; the next call finds it right.
        try? port.syncTransmit(descriptor)
        throw corrupt(field, "send")
      case .noRoom:
        // What has been seen is not enough: waiting for room ends only when more comes.
        if isLastTry { side.ring.current = side.ring.tail }
        do throws(Errno) { try port.syncTransmit(descriptor) } catch {
          throw failure(.init(syncing: error), "NIOCTXSYNC", error)
        }
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

  /// Has the kernel send what lies in front of `head`; takes it back if the kernel will not.
  @inlinable
  @inline(__always)
  func handOver(from head: UInt32, _ side: inout NetmapSendSide) throws(BackendError) {
    do throws(Errno) { try port.syncTransmit(descriptor) } catch {
      throw takeBack(to: head, &side, error)
    }
  }

  /// Makes the slots from `head` on free again, because the kernel did not look at them.
  @inline(never)
  @usableFromInline
  func takeBack(
    to head: UInt32,
    _ side: inout NetmapSendSide,
    _ errno: Errno
  ) -> BackendError {
    side.ring.release(to: head)
    counters.sendFailed.add(1, ordering: .relaxed)
    return failure(.init(syncing: errno), "NIOCTXSYNC", errno)
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
