extension SimulatedDomain {
  /// Makes a channel that another domain may bind to.
  public func offerChannel(to partner: Domain) -> EventChannel {
    hypervisor.locked { (state) in state.events.offer(by: number, to: partner).channel }
  }

  /// Gives a channel back.
  public func closeChannel(_ channel: EventChannel) {
    hypervisor.locked { (state) in state.events.release(end(channel)) }
  }

  /// Raises the other end of a channel, if anybody has bound to it.
  public func raise(_ channel: EventChannel) {
    hypervisor.locked { (state) in state.events.raise(from: end(channel)) }
  }

  /// Whether a channel has been raised since this was last asked.
  public func takePending(_ channel: EventChannel) -> Bool {
    hypervisor.locked { (state) in state.events.takePending(end(channel)) }
  }

  /// What has happened to this domain's end of a channel; `nil` if there is no such channel.
  public func counts(of channel: EventChannel) -> EventCounts? {
    hypervisor.locked { (state) in state.events.ends[end(channel)]?.counts }
  }

  /// What has happened to the other end of a channel; `nil` while nobody has bound to it.
  public func partnerCounts(of channel: EventChannel) -> EventCounts? {
    hypervisor.locked { (state) in
      guard let peer = state.events.ends[end(channel)]?.peer else { return nil }
      return state.events.ends[peer]?.counts
    }
  }

  private func end(_ channel: EventChannel) -> EventEnd {
    EventEnd(domain: number, channel: channel)
  }
}

extension SimulatedHypervisor {
  /// The channels that a domain has, offered and bound, in the order of their numbers.
  public func channels(of domain: Domain) -> [EventChannel] {
    state.withLock { (state) in state.events.channels(of: domain) }
  }

  /// The open descriptors that a domain takes events from.
  public func eventDescriptors(of domain: Domain) -> [Int32] {
    state.withLock { (state) in state.events.descriptors(of: domain) }
  }
}
