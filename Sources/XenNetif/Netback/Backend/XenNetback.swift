internal import CallGate
public import NetBackend
internal import Synchronization

/// A backend that moves frames between its caller and the rings of a Xen frontend.
///
/// * What the frontend sends is taken out of its rings when it tells so, whether the caller receives or
///   not, until a bounded number of frames waits. Responses are made as soon as the bytes have been
///   copied.
/// * A frame to the frontend goes straight into the pages that it has posted; up to a bounded number of
///   bytes waits for more of them.
/// * While the header in use has length 0, checksums are filled in and frames are cut on the way to
///   the caller; towards the frontend it depends on what that says it takes.
///
/// Source: Linux `drivers/net/xen-netback`; Xen `io/netif.h`.
public final class XenNetback<Port: XenPort>: DropCounting {
  /// What the backend can leave to its caller, and the caller to it.
  public static var offered: VirtioNetFeatures {
    [.checksum, .guestChecksum, .guestTCP4, .guestTCP6, .hostTCP4, .hostTCP6]
  }

  /// The domain that is served, and the number of its interface.
  public let name: VifName

  let vif: Vif<Port>
  private let lengthInUse = Atomic(0)

  /// Opens the interface that the request names, of which the store must know a frontend.
  ///
  /// - Throws: ``BackendError``; nothing stays acquired then.
  public init(
    _ request: OpenRequest,
    port: Port,
    policy: NetbackPolicy = .linux
  ) throws(BackendError) {
    vif = try Vif(request, port, policy)
    name = vif.name
    try vif.open()
  }

  deinit { close() }

  /// The kind of backend that serves frontends through `port`.
  public static func kind(port: Port, policy: NetbackPolicy = .linux) -> BackendKind {
    BackendKind(prefix: VifName.prefix) { (request) throws(BackendError) in
      try XenNetback(request, port: port, policy: policy)
    }
  }

  /// The frames lost since opening, by cause.
  public var drops: DropCounters { vif.counters.snapshot }

  /// The length in bytes of the vnet header in use.
  public var headerLength: Int { lengthInUse.load(ordering: .acquiring) }

  /// Whether frames can be exchanged with the frontend.
  public var hasCarrier: Bool { vif.carrier.load(ordering: .acquiring) }

  /// Whether the frontend broke the protocol so that nothing of it is looked at any more.
  public var isDisabled: Bool { vif.isDisabled.load(ordering: .acquiring) }

  /// Lets the receive callback run when a frame is waiting.
  public func enableReceive() { if vif.gate.isOpen { vif.readiness.want(true) } }

  /// Keeps the receive callback from running.
  public func disableReceive() { if vif.gate.isOpen { vif.readiness.want(false) } }

  /// Waits for calls and handlers under way, tells the frontend, and gives everything back once.
  public func close() { vif.close() }

  func publish(headerLength: Int) { lengthInUse.store(headerLength, ordering: .releasing) }

  func checkOpen(_ call: String) throws(BackendError) {
    if !vif.gate.isOpen { throw vif.failure(.closed, call) }
  }
}
