internal import CallGate
internal import NetBackend
internal import Synchronization

extension Vif {
  /// Puts what waits into receive rings, as far as they are meant, and gives up what waits too long.
  ///
  /// - Returns: Whether a frame went anywhere.
  @discardableResult
  func drain(
    _ side: inout VifSendSide<Port>,
    where isMeant: (ReceiveQueue<Port>) -> Bool
  ) -> Bool {
    guard !isDisabled.load(ordering: .acquiring), !side.queues.isEmpty else { return false }
    let now = loop.now
    var hasMoved = false
    for queue in side.queues where isMeant(queue) {
      let drain = queue.drain(now: now)
      if drain.notifies { notify(queue.channel) }
      if drain.overflowed {
        disable()
        return true
      }
      if side.features.notifiesReceive, policy.receiveStall > 0 {
        queue.judgeStall(now: now, limit: policy.receiveStall)
      }
      let expired = queue.dropExpired(now: now)
      counters.sendFailed.add(UInt64(expired), ordering: .relaxed)
      hasMoved = hasMoved || drain.frames > 0 || expired > 0
    }
    // Loops, because the algorithms of sequences allocate for each element where they are generic.
    var hasStalled = false
    for queue in side.queues where queue.isStalled { hasStalled = true }
    carrier.store(!hasStalled, ordering: .releasing)
    watchExpiry(&side)
    return hasMoved
  }

  /// Looks again when the frame that waits longest has waited too long.
  private func watchExpiry(_ side: inout VifSendSide<Port>) {
    guard side.timer == nil else { return }
    var first = UInt64.max
    for queue in side.queues { first = min(first, queue.frames.first?.deadline ?? .max) }
    guard first < .max else { return }
    side.timer = try? loop.schedule(at: first &+ 1) { [weak self] in self?.expiryCame() }
  }

  private func expiryCame() {
    _ = gate.alone { (sending, _) in
      sending.timer = nil
      drain(&sending) { _ in true }
    }
  }
}
