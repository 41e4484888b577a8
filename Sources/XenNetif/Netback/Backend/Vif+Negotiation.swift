internal import CallGate
internal import NetBackend
internal import SystemPackage

/// The watches of a netback, by their tokens.
enum VifWatch: String {
  /// The frontend's state.
  case frontend = "frontend-state"
  /// How much the frontend may send.
  case rate
  /// Whether frames to other groups are kept from the frontend.
  case multicast = "multicast-control"
  /// Whether the host has plugged the interface in.
  case hotplug = "hotplug-status"
}

extension Vif {
  /// The most changes before others of the loop get their turn.
  private static var changeLimit: Int { 256 }

  /// Handles what has changed in the store.
  func handleStore() {
    _ = gate.alone { (sending, receiving) in
      for _ in 0..<Self.changeLimit {
        guard let event = port.nextWatchEvent() else { break }
        handle(VifWatch(rawValue: event.token), &sending, &receiving)
      }
    }
  }

  private func handle(
    _ watch: VifWatch?,
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) {
    switch watch {
    case .frontend: frontendChanged(&sending, &receiving)
    case .rate: rateChanged(&receiving)
    case .multicast: readFilter()
    case .hotplug: hotplugChanged(&receiving)
    case nil: break
    }
  }

  /// Follows the frontend to the state that it is in.
  private func frontendChanged(
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) {
    guard !receiving.negotiation.isRemoved else { return }
    let state = store.state(of: frontend)
    if state != .connected { receiving.negotiation.hasFailed = false }
    switch state {
    case .initialising: move(towards: .initWait, &sending, &receiving)
    case .initialised: break
    case .connected where receiving.negotiation.hasFailed: break
    case .connected: move(towards: .connected, &sending, &receiving)
    case .reconfiguring:
      readHeadroom(sending)
      write(.reconfigured)
    case .closing: move(towards: .closing, &sending, &receiving)
    case .closed:
      move(towards: .closed, &sending, &receiving)
      if !store.flag("\(name.directory)/online") { remove(&receiving) }
    case .unknown:
      move(towards: .closed, &sending, &receiving)
      remove(&receiving)
    default: report(.state())
    }
  }

  /// Takes all steps towards a state, and tells each of them.
  func move(
    towards target: ConnectionState,
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) {
    while let step = StateStep(from: receiving.negotiation.state, towards: target) {
      var state = step.state
      switch step.work {
      case .none: break
      case .disconnect: disconnect(&sending, &receiving)
      case .connect:
        if !connect(&sending, &receiving), !policy.connectsDespiteErrors {
          state = .closing
          receiving.negotiation.hasFailed = true
        }
      }
      receiving.negotiation.state = state
      if !receiving.negotiation.awaitsHotplug { write(state) }
      if state != step.state { return }
    }
  }

  /// Tells a state.
  func write(_ state: ConnectionState) {
    try? port.write("\(state.rawValue)", to: "\(name.directory)/state", in: .none)
  }

  /// Tells what went wrong, and that the end is near.
  func report(_ failure: ConnectFailure) {
    let text = "\(failure.errno.rawValue) \(failure.about)"
    try? port.write(text, to: name.errorPath, in: .none)
    write(.closing)
  }

  /// Leaves the device for good.
  private func remove(_ receiving: inout VifReceiveSide<Port>) {
    receiving.negotiation.isRemoved = true
    try? port.unwatch("\(frontend)/state", token: VifWatch.frontend.rawValue)
  }

  private func hotplugChanged(_ receiving: inout VifReceiveSide<Port>) {
    let path = "\(name.directory)/hotplug-status"
    guard receiving.negotiation.awaitsHotplug, store.text(path) == "connected" else { return }
    receiving.negotiation.awaitsHotplug = false
    unwatch(.hotplug, &receiving.negotiation)
    write(receiving.negotiation.state)
  }

  private func rateChanged(_ receiving: inout VifReceiveSide<Port>) {
    let rate = RateLimit.Rate(store.text("\(name.directory)/rate"))
    for queue in receiving.queues { queue.limit.change(to: rate) }
    if serve(&receiving, where: { _ in true }).hasMore {
      receiving.hasWork = true
      readiness.setWork(true)
    }
  }

  /// Reads whether frames to other groups are kept from the frontend.
  func readFilter() {
    guard policy.offers.contains(.multicastControl) else { return }
    groups.filter(store.flag("\(frontend)/request-multicast-control"))
  }

  /// Reads how much room the frontend wants in front of packets; more than 15 bits are cut.
  func readHeadroom(_ sending: borrowing VifSendSide<Port>) {
    guard policy.offers.contains(.headroom) else { return }
    let headroom = min(store.number("\(frontend)/xdp-headroom") ?? 0, 0x7FFF)
    for queue in sending.queues {
      queue.layout = PageLayout(headroom: UInt16(truncatingIfNeeded: headroom))
    }
  }
}
