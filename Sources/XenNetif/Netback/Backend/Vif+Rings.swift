internal import NetBackend
internal import RingMemory
internal import Synchronization
internal import SystemPackage

extension Vif {
  /// Maps the rings of one queue and binds its channels.
  func connectQueue(
    _ connector: inout RingConnector<Port>,
    _ keys: QueueKeys,
    _ rate: RateLimit.Rate
  ) throws(ConnectFailure) -> (TransmitQueue<Port>, ReceiveQueue<Port>) {
    let transmitMemory, receiveMemory: SharedMemory
    let transmitChannel, receiveChannel: EventChannel
    do throws(Errno) {
      transmitMemory = try connector.map(keys.transmitRing)
      receiveMemory = try connector.map(keys.receiveRing)
      try Self.check(transmitMemory, .transmit)
      try Self.check(receiveMemory, .receive)
      transmitChannel = try connector.bind(keys.transmitChannel)
      receiveChannel =
        keys.receiveChannel == keys.transmitChannel
        ? transmitChannel : try connector.bind(keys.receiveChannel)
    } catch { throw .mapping(error) }
    do {
      let transmit = try TransmitQueue(
        transmitMemory,
        transmitChannel,
        copier: makeCopier(),
        groups: groups,
        policy: policy,
        limit: RateLimit(rate, now: loop.now)
      )
      let receive = try ReceiveQueue(
        receiveMemory,
        receiveChannel,
        copier: makeCopier(),
        policy: policy,
        now: loop.now
      )
      return (transmit, receive)
    } catch { throw .mapping(.ioError) }
  }

  /// Maps the control ring and binds its channel; `nil` if the frontend has none.
  func connectControl(
    _ connector: inout RingConnector<Port>,
    queueCount: Int
  ) throws(ConnectFailure) -> ControlQueue<Port>? {
    guard policy.offers.contains(.controlRing),
      let reference = store.number("\(frontend)/ctrl-ring-ref")
    else { return nil }
    do {
      let remote = try store.required("\(frontend)/event-channel-ctrl", invalid: .outOfRange)
      let memory = try connector.map(GrantReference(rawValue: reference))
      let channel = try connector.bind(EventChannel(rawValue: remote))
      let service = ControlService(
        copier: makeCopier(),
        queueCount: queueCount,
        policy: policy,
        page: try SharedMemory(count: GrantReference.pageSize)
      )
      return try ControlQueue(memory, channel, service)
    } catch { throw .controlRing(error as? Errno ?? .ioError) }
  }

  private func makeCopier() -> GrantCopyBatch<Port> {
    GrantCopyBatch(port, name.domain, attempts: policy.grantAttempts)
  }

  /// Refuses a ring with more requests than slots before anything is bound to it.
  private static func check(_ memory: SharedMemory, _ geometry: RingGeometry) throws(Errno) {
    do throws(RingOverflow) {
      _ = try BackRing(attachingTo: SharedRing(memory, geometry))
    } catch { throw .ioError }
  }

  /// Gives everything back that the connection holds; no byte of a ring is touched afterwards.
  func disconnect(
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) {
    unwatchAll(&receiving.negotiation)
    receiving.negotiation.awaitsHotplug = false
    carrier.store(false, ordering: .releasing)
    var channels: Set<EventChannel> = []
    for queue in receiving.queues { channels.insert(queue.channel) }
    for queue in sending.queues {
      channels.insert(queue.channel)
      counters.sendFailed.add(UInt64(queue.frames.count), ordering: .relaxed)
    }
    if let control = receiving.control { channels.insert(control.channel) }
    for channel in channels { try? port.unbind(descriptor, channel) }
    for queue in receiving.queues { port.unmap(queue.memory) }
    for queue in sending.queues { port.unmap(queue.memory) }
    if let control = receiving.control { port.unmap(control.memory) }
    (sending.queues, receiving.queues, receiving.control) = ([], [], nil)
    sending.steering = HashSteering()
    groups.filter(false)
    groups.removeAll()
    isDisabled.store(false, ordering: .releasing)
  }
}
