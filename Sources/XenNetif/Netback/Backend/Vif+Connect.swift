internal import NetBackend
internal import RingMemory
internal import Synchronization
internal import SystemPackage

extension Vif {
  /// Connects to the frontend as it says in the store.
  ///
  /// - Returns: Whether that was possible; if not, nothing is held and the store tells why.
  func connect(
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) -> Bool {
    var connector = RingConnector(port, descriptor, name.domain)
    do throws(ConnectFailure) {
      try establish(&connector, &sending, &receiving)
      connector.keep()
    } catch {
      (sending.queues, receiving.queues, receiving.control) = ([], [], nil)
      connector.unwind()
      unwatchAll(&receiving.negotiation)
      report(error)
      return false
    }
    readHeadroom(sending)
    carrier.store(true, ordering: .releasing)
    receiving.negotiation.awaitsHotplug = true
    watch(.hotplug, "\(name.directory)/hotplug-status", &receiving.negotiation)
    return true
  }

  private func establish(
    _ connector: inout RingConnector<Port>,
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) throws(ConnectFailure) {
    let count = try queueCount()
    guard policy.addressForm.address(store.text("\(name.directory)/mac") ?? "") != nil else {
      throw .address()
    }
    if policy.requiresReceiveCopy { try requireReceiveCopy() }
    setWatches(&receiving.negotiation)
    receiving.control = try connectControl(&connector, queueCount: count)
    let rate = RateLimit.Rate(store.text("\(name.directory)/rate"))
    for index in 0..<count {
      let directory = count == 1 ? frontend : "\(frontend)/queue-\(index)"
      let keys = try QueueKeys(
        store,
        directory,
        allowsSplit: policy.offers.contains(.splitChannels)
      )
      let (transmit, receive) = try connectQueue(&connector, keys, rate)
      receiving.queues.append(transmit)
      sending.queues.append(receive)
    }
    sending.steering = HashSteering()
    sending.features = readFeatures()
    readMTU(&sending)
  }

  /// The number of queues that the frontend asks for.
  private func queueCount() throws(ConnectFailure) -> Int {
    guard policy.offers.contains(.queues),
      let text = store.text("\(frontend)/multi-queue-num-queues")
    else { return 1 }
    let number = policy.numberForm.number(text)
    if number == nil, policy.numberForm == .scanned { return 1 }
    guard let number, number > 0, number <= UInt32(clamping: policy.maximumQueues) else {
      throw .queueCount()
    }
    return Int(number)
  }

  private func requireReceiveCopy() throws(ConnectFailure) {
    guard store.flag("\(frontend)/request-rx-copy") else { throw .receiveCopy(.notSupported) }
  }

  /// What the frontend takes.
  ///
  /// One that does not ask for copies is not asked further, and taken for one that can do little.
  private func readFeatures() -> FrontendFeatures {
    let key = "\(frontend)/request-rx-copy"
    if store.flag(key) { return FrontendFeatures(store, frontend) }
    if store.text(key) != nil, store.number(key) == nil { report(.receiveCopy(.outOfRange)) }
    return FrontendFeatures()
  }

  private func readMTU(_ sending: inout VifSendSide<Port>) {
    sending.mtu = VifSendSide<Port>.usualMTU
    guard let mtu = store.number("\(name.directory)/mtu") else { return }
    try? setMTU(Int(mtu), &sending)
  }

  private func setWatches(_ negotiation: inout NegotiationState) {
    readFilter()
    watch(.rate, "\(name.directory)/rate", &negotiation)
    if policy.offers.contains(.dynamicMulticastControl) {
      watch(.multicast, "\(frontend)/request-multicast-control", &negotiation)
    }
  }
}
