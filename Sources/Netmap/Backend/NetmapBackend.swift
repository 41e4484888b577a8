public import CallGate
public import NetBackend
internal import RingMemory
internal import Synchronization
public import SystemPackage

/// The netmap backend: frames in the slots of rings that are shared with the kernel.
///
/// Frames are sent on the first ring and received from all of them, in turn. Nothing is locked on the
/// way of a frame: each direction is one caller's at a time, as the contract has it, and the gate only
/// notes that a call is under way, so that closing waits for it.
///
/// A frame whose chain of slots cannot be right (a length above that of the buffer, a buffer that does
/// not exist, no end in a ring that is full) is dropped whole and counted; slots without bytes are
/// passed over. Both also happen while peeking, so that what is behind them can be found.
///
/// Source: bhyve `net_backends.c`, lines 386-734.
public final class NetmapBackend<Port: NetmapPort>: DropCounting {
  @usableFromInline let port: Port
  @usableFromInline let descriptor: Int32
  @usableFromInline let gate: CallGate<NetmapSendSide, NetmapReceiveSide>
  let counters = NetmapCounters()
  let registration: any EventRegistration
  let isSwitchPort: Bool
  /// The name as the user gave it, and as the kernel knows it.
  let (name, portName): (String, String)
  private let lengthInUse = Atomic(0)

  /// Opens the port that the request names.
  ///
  /// - Throws: ``BackendError``; nothing stays acquired then.
  public convenience init(_ request: OpenRequest, port: Port) throws(BackendError) {
    try self.init(request, port: port, usingBarrierAfter: callsWithOwnBarrier)
  }

  /// Opens a port whose frames take the shortest way after that many calls.
  package init(
    _ request: OpenRequest,
    port: Port,
    usingBarrierAfter calls: Int
  ) throws(BackendError) {
    let opened = try NetmapOpening(port: port, request: request).open()
    self.port = port
    descriptor = opened.descriptor
    registration = opened.registration
    isSwitchPort = opened.isSwitchPort
    (name, portName) = (request.name, opened.portName)
    gate = CallGate(
      NetmapSendSide(opened.transmitRing),
      NetmapReceiveSide(opened.receiveRings, opened.memory, counters: counters),
      usingBarrierAfter: calls
    )
  }

  deinit { close() }

  /// The frames lost since opening, by cause.
  public var drops: DropCounters { counters.snapshot }

  /// The length in bytes of the vnet header in use.
  public var headerLength: Int { lengthInUse.load(ordering: .acquiring) }

  /// Lets the receive callback run when a frame is waiting.
  public func enableReceive() { if gate.isOpen { registration.enable() } }

  /// Keeps the receive callback from running.
  public func disableReceive() { if gate.isOpen { registration.disable() } }

  /// Waits for calls under way, ends the registration, gives the memory back and closes the
  /// descriptor, all of it once.
  public func close() {
    gate.close { (_, receiving) in
      registration.cancel()
      receiving.memory = nil
      try? port.close(descriptor)
    }
  }
}

extension NetmapBackend {
  func checkOpen(_ call: String) throws(BackendError) {
    if !gate.isOpen { throw failure(.closed, call) }
  }

  func publish(headerLength: Int) { lengthInUse.store(headerLength, ordering: .releasing) }

  @inline(never)
  @usableFromInline
  func failure(
    _ reason: BackendError.Reason,
    _ call: String,
    _ errno: Errno? = nil
  ) -> BackendError {
    BackendError(reason, call: call, subject: name, errno: errno?.rawValue)
  }

  /// The error that says which field of a ring cannot be what it is.
  @inline(never)
  @usableFromInline
  func corrupt(_ found: NetmapCorruption, _ call: String) -> BackendError {
    failure(.corruptRing(field: found.field.rawValue, value: UInt64(found.value)), call)
  }
}
