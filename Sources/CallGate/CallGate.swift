internal import Glibc
internal import Synchronization

/// Lets the calls of a backend through without a lock, and lets one caller have the backend alone.
///
/// A backend sends and receives, and each direction has a value that only its own calls use: the list
/// of elements, the ring, the frame kept. The rules:
///
/// 1. Calls of one direction are the caller's to serialise; ``sending(_:)`` and ``receiving(_:)`` run
///    at the same time.
/// 2. ``alone(_:)`` waits until no call is under way and has both values; calls that begin meanwhile
///    wait for it.
/// 3. ``close(_:)`` does so once and for all; no call begins afterwards.
/// 4. None of these is called within another one of the same gate.
///
/// A call marks its direction, looks whether the gate is open, and takes the mark away: two stores and
/// a load. What orders the mark before the look is a barrier that whoever wants to be alone causes on
/// all threads of the process. That costs as much as a thousand calls; so each of the first ones brings
/// its own, and where the kernel has none, every one does.
public struct CallGate<Sender: ~Copyable & Sendable, Receiver: ~Copyable & Sendable>: ~Copyable,
  Sendable
{
  @usableFromInline let latch: GateLatch
  @usableFromInline let sender: CallLane<Sender>
  @usableFromInline let receiver: CallLane<Receiver>

  /// Creates an open gate before two values.
  ///
  /// - Parameter calls: How many calls bring a barrier of their own before the kernel's takes its
  ///   place; `nil` if that is never to be.
  public init(
    _ sender: consuming Sender,
    _ receiver: consuming Receiver,
    usingBarrierAfter calls: Int? = callsWithOwnBarrier
  ) {
    latch = GateLatch(usingBarrierAfter: calls)
    self.sender = CallLane(sender)
    self.receiver = CallLane(receiver)
  }

  /// Whether the gate has not been closed.
  public var isOpen: Bool { !latch.isClosed }

  /// Runs a call that sends.
  ///
  /// - Returns: What `body` returns, or `nil` if the gate has been closed.
  @inlinable
  @inline(__always)
  public func sending<Result: ~Copyable, Failure: Error>(
    _ body: (inout Sender) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    try sender.pass(latch, body)
  }

  /// Runs a call that receives.
  ///
  /// - Returns: What `body` returns, or `nil` if the gate has been closed.
  @inlinable
  @inline(__always)
  public func receiving<Result: ~Copyable, Failure: Error>(
    _ body: (inout Receiver) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    try receiver.pass(latch, body)
  }

  /// Begins a call that sends if nothing stands in its way.
  ///
  /// - Returns: `nil` if the caller has to use ``sending(_:)`` instead.
  @inlinable
  @inline(__always)
  public func sendingAtOnce() -> CallPassage<Sender>? { sender.passAtOnce(latch) }

  /// Begins a call that receives if nothing stands in its way.
  ///
  /// - Returns: `nil` if the caller has to use ``receiving(_:)`` instead.
  @inlinable
  @inline(__always)
  public func receivingAtOnce() -> CallPassage<Receiver>? { receiver.passAtOnce(latch) }

  /// Runs `body` while no call is under way.
  ///
  /// - Returns: What `body` returns, or `nil` if the gate has been closed.
  public func alone<Result: ~Copyable, Failure: Error>(
    _ body: (inout Sender, inout Receiver) throws(Failure) -> sending Result
  ) throws(Failure) -> Result? {
    try latch.whileShut { () throws(Failure) in
      let (sender, receiver) = unsafe idleValues()
      return try unsafe body(&sender.pointee, &receiver.pointee)
    }
  }

  /// Closes the gate and, the first time only, runs `body` after the last call has ended.
  public func close<Failure: Error>(
    _ body: (inout Sender, inout Receiver) throws(Failure) -> Void
  ) throws(Failure) {
    guard latch.close() else { return }
    let (sender, receiver) = unsafe idleValues()
    try unsafe body(&sender.pointee, &receiver.pointee)
  }

  /// Both values, after the last call has ended; the gate is shut or closed, so that none begins.
  private func idleValues() -> (UnsafeMutablePointer<Sender>, UnsafeMutablePointer<Receiver>) {
    // Each call takes about as long as a system call.
    while sender.isBusy || receiver.isBusy { sched_yield() }
    return unsafe (sender.value, receiver.value)
  }
}

/// How many calls of a gate bring a barrier of their own, if nothing else is said.
public let callsWithOwnBarrier = 1000
