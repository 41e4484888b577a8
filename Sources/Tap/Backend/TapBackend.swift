internal import CallGate
public import NetBackend
internal import SystemPackage
internal import Synchronization

/// A backend that moves frames through a tap: bhyve's `tap` and its clone `vmnet`.
///
/// * It asks for a vnet header from the device whenever the device knows one. While the header in use
///   has length 0, the backend puts a header of zeros in front of every frame sent and takes the
///   device's off every frame received.
/// * A frame that does not fit the caller's buffers is kept; the next call finds it again.
/// * Sending never waits for receiving.
///
/// Source: bhyve `net_backends.c`, lines 170-381; Linux `drivers/net/tun.c`.
public final class TapBackend<Port: TapPort>: NetBackend, DropCounting {
  /// The most bytes a frame may have, header included.
  public static var maximumLength: Int { 65_536 + 128 }

  /// The name of the interface, as the device spells it.
  public let interface: String

  let descriptor: Int32
  let registration: any EventRegistration
  let carriesHeader: Bool
  let gate: CallGate<TapSendSide, TapReceiveSide>
  let counters = TapCounters()
  private let offered: VirtioNetFeatures
  private let wanted = Mutex(false)
  private let lengthInUse = Atomic(0)
  /// Whether the port is Linux itself.
  let callsLinux = Port.self == LinuxTap.self
  /// The device; it comes last, so that where the others lie is known whatever its size is.
  let port: Port

  /// Opens the tap that the request names, or takes over the descriptor that it brings.
  ///
  /// - Throws: ``BackendError``; nothing stays acquired then, and a descriptor that the request
  ///   brought is still the caller's to close.
  public convenience init(_ request: OpenRequest, port: Port) throws(BackendError) {
    try self.init(request, port: port, usingBarrierAfter: callsWithOwnBarrier)
  }

  /// Opens a tap whose frames take the shortest way after that many calls.
  package init(
    _ request: OpenRequest,
    port: Port,
    usingBarrierAfter calls: Int
  ) throws(BackendError) {
    let opened = try TapOpening(port: port, request: request).open()
    let form = TapHeaderForm.opened(carriesHeader: opened.carriesHeader)
    descriptor = opened.descriptor
    interface = opened.interface
    registration = opened.registration
    carriesHeader = opened.carriesHeader
    offered = opened.offered
    gate = CallGate(
      TapSendSide(form: form, maximumLength: Self.maximumLength),
      TapReceiveSide(form: form, maximumLength: Self.maximumLength),
      usingBarrierAfter: calls
    )
    self.port = port
  }

  deinit { close() }

  /// The kind of backend that opens taps through `port`, selected by `prefix`.
  public static func kind(prefix: String, port: Port) -> BackendKind {
    BackendKind(prefix: prefix) { (request) throws(BackendError) in
      try TapBackend(request, port: port)
    }
  }

  /// The frames lost since opening, by cause.
  public var drops: DropCounters { counters.snapshot }

  /// The length in bytes of the vnet header in use.
  public var headerLength: Int { lengthInUse.load(ordering: .acquiring) }

  /// What the kernel was found to take when the tap was opened; nothing without a vnet header.
  public func offeredFeatures() throws(BackendError) -> VirtioNetFeatures {
    try checkOpen("offeredFeatures")
    return offered
  }

  /// Lets the receive callback run when a frame is waiting.
  public func enableReceive() { switchReceive(true) }

  /// Keeps the receive callback from running.
  public func disableReceive() { switchReceive(false) }

  /// Waits for calls under way, ends the registration, and closes the descriptor once.
  public func close() {
    gate.close { (_, receiving) in
      registration.cancel()
      receiving.held = nil
      try? port.close(descriptor)
    }
  }
}

extension TapBackend {
  func checkOpen(_ call: String) throws(BackendError) {
    if !gate.isOpen { throw failure(.closed, call) }
  }

  @inline(never)
  func failure(
    _ reason: BackendError.Reason,
    _ call: String,
    _ errno: Errno? = nil
  ) -> BackendError {
    BackendError(reason, call: call, subject: interface, errno: errno?.rawValue)
  }

  func publish(headerLength: Int) { lengthInUse.store(headerLength, ordering: .releasing) }

  /// Stops the callbacks at the device's end, without forgetting whether they are wanted.
  func suspendCallbacks() { wanted.withLock { (_) in registration.disable() } }

  /// Lets the callbacks run again after a suspension, if they are wanted.
  func resumeCallbacks() {
    wanted.withLock { (wanted) in if wanted { registration.enable() } }
  }

  private func switchReceive(_ on: Bool) {
    guard gate.isOpen else { return }
    wanted.withLock { (wanted) in
      wanted = on
      if on { registration.enable() } else { registration.disable() }
    }
  }
}
