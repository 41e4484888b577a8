extension KernelRing {
  /// Reads the indices of a ring to send from; says whether they can be.
  ///
  /// Source: netmap.c, `nm_txsync_prologue`.
  func readTransmitIndices() -> Bool {
    let head = view.head
    let current = view.current
    guard isWithin(head, current, from: lastHead, to: lastTail) else { return false }
    if view.tail != lastTail { view.tail = lastTail }
    lastHead = head
    lastCurrent = current
    return head < view.slotCount
  }

  /// Reads the indices of a ring to receive from; says whether they can be.
  ///
  /// Source: netmap.c, `nm_rxsync_prologue`.
  func readReceiveIndices() -> Bool {
    let current = view.current
    let head = view.head
    lastCurrent = current
    lastHead = head
    guard isWithin(head, current, from: deviceHead, to: deviceTail) else { return false }
    if view.tail != lastTail { view.tail = lastTail }
    return head < view.slotCount
  }

  /// Whether `head` lies from `start` to `end`, and `current` from `head` to `end`, round the ring.
  private func isWithin(
    _ head: UInt32,
    _ current: UInt32,
    from start: UInt32,
    to end: UInt32
  ) -> Bool {
    if end >= start {
      return head >= start && head <= end && current >= head && current <= end
    }
    if head > end && head < start { return false }
    // A number beyond the ring passes here: the kernel looks at that one last.
    return head <= end
      ? current >= head && current <= end
      : current >= head || current <= end
  }

  /// Starts the ring again after indices that cannot be.
  ///
  /// Indices within the ring are believed all the same, in whatever order: only one that is outside,
  /// or a slot that is wrong, anywhere in the ring, sets them back.
  ///
  /// Source: netmap.c, `netmap_ring_reinit`.
  func restart() {
    lastHead = view.head
    lastCurrent = view.current
    lastTail = view.tail
    let isOutside = max(lastHead, lastCurrent, lastTail) >= view.slotCount
    let wereSlotsWrong = emptyWrongSlots()
    guard isOutside || wereSlotsWrong else { return }
    lastHead = deviceHead
    lastCurrent = deviceHead
    lastTail = deviceTail
    view.head = deviceHead
    view.current = deviceHead
    view.tail = deviceTail
  }

  /// Empties the slots that have no buffer or are longer than theirs; says whether there were any.
  private func emptyWrongSlots() -> Bool {
    var wereSlotsWrong = false
    for position in 0..<view.slotCount {
      var slot = view[position]
      let hasBuffer = slot.bufferIndex >= 2 && slot.bufferIndex < view.bufferCount
      if hasBuffer && Int(slot.length) <= view.bufferSize { continue }
      if !hasBuffer { slot.bufferIndex = 0 }
      slot.length = 0
      view[position] = slot
      wereSlotsWrong = true
    }
    return wereSlotsWrong
  }
}
