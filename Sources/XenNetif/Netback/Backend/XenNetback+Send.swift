internal import CallGate
public import NetBackend
internal import Synchronization

extension XenNetback {
  /// Puts a frame into the pages that the frontend has posted, or lets it wait for more of them.
  ///
  /// - Returns: `nil` if so much waits already that nothing more is taken.
  /// - Throws: ``BackendError``; ``BackendError/Reason-swift.enum/linkDown`` while no frontend is
  ///   connected or it does not behave.
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let total = frame.totalLength
    // The elements are used within the call alone.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    let answer = try vif.gate.sending { (side) throws(BackendError) -> Int? in
      let length = try vif.check(total, side)
      guard try unsafe vif.place(elements, length, &side) else { return nil }
      vif.drain(&side) { _ in true }
      return length
    }
    guard let answer else { throw vif.failure(.closed, "send") }
    return answer
  }
}

extension Vif {
  /// The most bytes of a frame to the frontend, whatever it takes.
  static var longestFrame: Int { 65_535 }

  /// Checks what can be known of a frame before its bytes are looked at.
  func check(
    _ total: Int?,
    _ side: borrowing VifSendSide<Port>
  ) throws(BackendError) -> Int {
    let header = side.headerLength
    guard let total, total <= Self.longestFrame + header else {
      throw failure(.frameTooLong(maximum: Self.longestFrame + header), "send")
    }
    guard total > 0 else { throw failure(.emptyFrame, "send") }
    let least = NetworkProtocol.ethernetLength + header
    guard total >= least else { throw failure(.frameTooShort(minimum: least), "send") }
    guard carrier.load(ordering: .acquiring), !side.queues.isEmpty else {
      counters.sendFailed.add(1, ordering: .relaxed)
      throw failure(.linkDown, "send")
    }
    return total
  }
}
