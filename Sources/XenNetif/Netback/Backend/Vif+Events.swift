internal import CallGate
internal import NetBackend
internal import Synchronization

extension Vif {
  /// The most events before others of the loop get their turn.
  private static var eventLimit: Int { 64 }

  /// Handles what the frontend has told, and runs the callback if a frame waits.
  func handleEvents() {
    serveEvents()
    if gate.isOpen, readiness.isCallbackDue { onReceive() }
  }

  /// Handles what the frontend has told, and leaves the callback to the loop.
  func serveEvents() {
    readiness.setWork(false)
    let hasMore = gate.alone { (sending, receiving) in takeEvents(&sending, &receiving) }
    if hasMore == true { readiness.setWork(true) }
  }

  private func takeEvents(
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) -> Bool {
    // What the last turn left comes first: it has no event.
    var hasMore = receiving.hasWork && takeRest(&sending, &receiving)
    receiving.hasWork = false
    for _ in 0..<Self.eventLimit {
      guard let channel = port.takePending(descriptor) else { break }
      let outcome = serve(&receiving, where: { $0.channel == channel })
      hasMore = hasMore || outcome.hasMore
      let hasSent = drain(&sending) { $0.channel == channel }
      let answer = answer(channel, &sending, &receiving)
      hasMore = hasMore || answer.hasMore
      let isSpurious = !outcome.worked && !hasSent && !answer.worked
      try? port.unmask(descriptor, channel, isSpurious: isSpurious)
    }
    receiving.hasWork = hasMore
    return hasMore
  }

  /// Takes what was left in all rings.
  ///
  /// - Returns: Whether there is more still.
  private func takeRest(
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) -> Bool {
    let hasMore = serve(&receiving, where: { _ in true }).hasMore
    guard let channel = receiving.control?.channel else { return hasMore }
    return answer(channel, &sending, &receiving).hasMore || hasMore
  }

  /// Takes what transmit rings have, as far as they are meant.
  func serve(
    _ side: inout VifReceiveSide<Port>,
    where isMeant: (TransmitQueue<Port>) -> Bool
  ) -> TransmitOutcome {
    var all = TransmitOutcome()
    let now = loop.now
    for queue in side.queues where !isDisabled.load(ordering: .acquiring) && isMeant(queue) {
      let outcome = queue.serve(&side.inbox, now: now)
      if outcome.notifies { notify(queue.channel) }
      if outcome.isFatal { disable() }
      counters.receiveCorrupt.add(outcome.lost, ordering: .relaxed)
      all.worked = all.worked || outcome.worked
      all.hasMore = all.hasMore || outcome.hasMore
      if let moment = outcome.waitsUntil { waitForCredit(until: moment, &side) }
    }
    readiness.setFrames(!side.inbox.isEmpty)
    return all
  }

  /// Answers what was asked on the control ring, if that is what a channel is for.
  private func answer(
    _ channel: EventChannel,
    _ sending: inout VifSendSide<Port>,
    _ receiving: inout VifReceiveSide<Port>
  ) -> ControlOutcome {
    guard let control = receiving.control, control.channel == channel else {
      return ControlOutcome()
    }
    let outcome = control.serve(&sending.steering)
    if outcome.notifies { notify(channel) }
    return outcome
  }

  /// Looks again when a frontend that has sent too much may send more.
  private func waitForCredit(until moment: UInt64, _ side: inout VifReceiveSide<Port>) {
    guard side.timer == nil, moment < .max else { return }
    side.timer = try? loop.schedule(at: moment) { [weak self] in self?.creditCame() }
  }

  private func creditCame() {
    let hasMore = gate.alone { (_, receiving) in
      receiving.timer = nil
      receiving.hasWork = serve(&receiving, where: { _ in true }).hasMore
      return receiving.hasWork
    }
    if hasMore == true { readiness.setWork(true) }
  }
}
