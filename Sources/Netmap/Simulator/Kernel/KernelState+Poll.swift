extension KernelState {
  /// Syncs what has to be, and says what there is.
  ///
  /// Source: netmap.c, `netmap_poll` as it is on Linux.
  func poll(_ number: Int32, for events: SimulatedPollEvents) -> SimulatedPollEvents {
    guard let descriptor = try? descriptor(number) else { return .invalid }
    guard let adapter = descriptor.adapter else { return .error }
    var found: SimulatedPollEvents = []
    if descriptor.sendsOnPoll || events.contains(.writable) {
      found.formUnion(pollTransmit(descriptor, of: adapter, events))
    }
    if events.contains(.readable) {
      found.formUnion(pollReceive(descriptor, of: adapter))
    }
    return found
  }

  private func pollTransmit(
    _ descriptor: KernelDescriptor,
    of adapter: KernelAdapter,
    _ events: SimulatedPollEvents
  ) -> SimulatedPollEvents {
    var found: SimulatedPollEvents = []
    var wantsRoom = events.contains(.writable)
    for number in descriptor.rings.transmit {
      guard let ring = adapter.transmitRings[number] else { continue }
      // Once there is room somewhere, rings with nothing to send are left alone.
      if !wantsRoom && ring.view.head == ring.deviceHead { continue }
      if !syncTransmit(ring, of: adapter) { found.insert(.error) }
      if wantsRoom && ring.lastCurrent != ring.lastTail {
        found.insert(.writable)
        wantsRoom = false
      }
    }
    return found
  }

  private func pollReceive(
    _ descriptor: KernelDescriptor,
    of adapter: KernelAdapter
  ) -> SimulatedPollEvents {
    var found: SimulatedPollEvents = []
    for number in descriptor.rings.receive {
      guard let ring = adapter.receiveRings[number] else { continue }
      if !syncReceive(ring, of: adapter) { found.insert(.error) }
      if ring.lastCurrent != ring.lastTail { found.insert(.readable) }
    }
    return found
  }
}
