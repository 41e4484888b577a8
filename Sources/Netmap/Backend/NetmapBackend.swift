public import NetBackend
internal import RingMemory
public import Synchronization
public import SystemPackage

/// The netmap backend: frames in the slots of rings that are shared with the kernel.
///
/// Frames are sent on the first ring and received from all of them, in turn. Nothing is locked on the
/// way of a frame: each direction is one caller's at a time, as the contract has it.
///
/// A frame whose chain of slots cannot be right (a length above that of the buffer, a buffer that does
/// not exist, no end in a ring that is full) is dropped whole and counted; slots without bytes are
/// passed over. Both also happen while peeking, so that what is behind them can be found.
///
/// Source: bhyve `net_backends.c`, lines 386-734.
@safe public final class NetmapBackend<Port: NetmapPort>: DropCounting, @unchecked Sendable {
  @usableFromInline let port: Port
  @usableFromInline let descriptor: Int32
  @usableFromInline let name: String
  /// Keeps the rings' memory; they hold addresses only.
  let memory: SharedMemory
  @usableFromInline let transmitRing: NetmapRing
  @usableFromInline let receiveRings: [NetmapRing]
  /// The first of the rings to receive from, in most cases the only one.
  @usableFromInline let firstRing: NetmapRing
  @usableFromInline let hasOneRing: Bool
  @usableFromInline let limits: NetmapLimits
  @usableFromInline let state = NetmapState()
  /// The words of the slots of one chain, as they were read.
  let chain: UnsafeMutablePointer<UInt64>
  /// The buffers of the slots of a frame that is being sent, as they were read.
  let sendIndices: UnsafeMutablePointer<UInt32>
  let registration: any EventRegistration
  let isSwitchPort: Bool
  let portName: String

  /// Opens the port that the request names.
  ///
  /// - Throws: ``BackendError``; nothing stays acquired then.
  public init(_ request: OpenRequest, port: Port) throws(BackendError) {
    let opened = try NetmapOpening(port: port, request: request).open()
    self.port = port
    descriptor = opened.descriptor
    name = request.name
    memory = opened.memory
    transmitRing = opened.transmitRing
    receiveRings = opened.receiveRings
    firstRing = opened.receiveRings[0]
    hasOneRing = opened.receiveRings.count == 1
    limits = NetmapLimits(opened.transmitRing)
    unsafe chain = .allocate(capacity: Int(opened.receiveRings.map(\.slotCount).max() ?? 1))
    unsafe sendIndices = .allocate(capacity: NetmapLimits.fragments)
    registration = opened.registration
    isSwitchPort = opened.isSwitchPort
    portName = opened.portName
  }

  deinit {
    close()
    unsafe chain.deallocate()
    unsafe sendIndices.deallocate()
  }

  /// The frames lost since opening, by cause.
  public var drops: DropCounters { state.counters.snapshot }

  /// The length in bytes of the vnet header in use.
  public var headerLength: Int { state.headerLength.load(ordering: .relaxed) }

  /// Lets the receive callback run when a frame is waiting.
  public func enableReceive() { if isOpen { registration.enable() } }

  /// Keeps the receive callback from running.
  public func disableReceive() { if isOpen { registration.disable() } }

  /// Ends the registration, waits for calls under way, and closes the descriptor once.
  public func close() {
    guard !state.isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    registration.cancel()
    try? port.close(descriptor)
  }
}

extension NetmapBackend {
  @inlinable var isOpen: Bool { !state.isClosed.load(ordering: .relaxed) }

  @usableFromInline
  func checkOpen(_ call: String) throws(BackendError) {
    if !isOpen { throw failure(.closed, call) }
  }

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
  func corrupt(_ field: String, _ value: UInt32, _ call: String) -> BackendError {
    failure(.corruptRing(field: field, value: UInt64(value)), call)
  }
}
