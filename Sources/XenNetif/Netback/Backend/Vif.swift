internal import CallGate
internal import NetBackend
internal import Synchronization
internal import SystemPackage

/// One virtual interface: everything behind the face of a netback.
///
/// What is sent and what is received have values of their own behind the gate. Events of the frontend
/// and of the store, and timers, have both.
final class Vif<Port: XenPort>: Sendable {
  let name: VifName
  let port: Port
  let policy: NetbackPolicy
  let loop: any EventLoop
  let onReceive: ReceiveCallback
  /// The descriptor that events are taken from.
  let descriptor: Int32
  /// The frontend's directory in the store.
  let frontend: String
  let gate: CallGate<VifSendSide<Port>, VifReceiveSide<Port>>
  let groups: MulticastGroups
  let counters = NetbackCounters()
  /// Whether the frontend broke the protocol, and nothing of it is looked at any more.
  let isDisabled = Atomic(false)
  /// Whether frames can be exchanged.
  let carrier = Atomic(false)
  /// When the loop runs the handler of events.
  let readiness = NetbackReadiness()
  /// The registration for changes of the store, while the backend is open.
  let storeRegistration = Mutex<(any EventRegistration)?>(nil)

  /// Finds the interface in the store; nothing is told to the frontend yet.
  ///
  /// - Throws: ``BackendError``; nothing stays acquired then.
  init(_ request: OpenRequest, _ port: Port, _ policy: NetbackPolicy) throws(BackendError) {
    let name = try VifName(request.name)
    guard request.descriptor == nil else {
      throw BackendError(.wrongDevice, call: "open", subject: request.name)
    }
    self.name = name
    self.port = port
    self.policy = policy
    loop = request.loop
    onReceive = request.onReceive
    groups = MulticastGroups(policy)
    do throws(Errno) {
      frontend = try port.read("\(name.directory)/frontend", in: .none)
      gate = CallGate(try VifSendSide(), try VifReceiveSide())
      descriptor = try port.openEvents()
    } catch {
      let reason: BackendError.Reason = error == .noSuchFileOrDirectory ? .unavailable : .system
      throw BackendError(reason, call: "open", subject: request.name, errno: error.rawValue)
    }
  }

  /// What is read in the store, by the rules of the policy.
  var store: StoreView<Port> { StoreView(port: port, form: policy.numberForm) }

  func failure(
    _ reason: BackendError.Reason,
    _ call: String,
    _ errno: Errno? = nil
  ) -> BackendError {
    BackendError(reason, call: call, subject: name.description, errno: errno?.rawValue)
  }

  /// Raises the frontend's end of a channel, which may be gone.
  func notify(_ channel: EventChannel) { try? port.notify(descriptor, channel) }

  /// Looks at nothing of the frontend any more, until it has connected anew.
  func disable() {
    isDisabled.store(true, ordering: .releasing)
    carrier.store(false, ordering: .releasing)
  }
}
