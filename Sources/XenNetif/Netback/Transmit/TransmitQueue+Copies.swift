internal import Synchronization

extension TransmitQueue {
  /// From this number of slots behind the first one on, the whole first fragment is copied.
  ///
  /// Source: Linux `xen-netback/netback.c`; measured.
  private static var manySlots: Int { 17 }

  /// Collects the copies of a packet's fragments, one behind the other.
  func take(_ chain: TransmitChain, to start: Int, _ inbox: FrameInbox) {
    let firstSlot = slots.count
    var headLength = min(chain.length, policy.headLength)
    if chain.dataSlotCount > Self.manySlots { headLength = max(headLength, Int(chain.firstLength)) }
    var position = 0
    for number in 0..<chain.dataSlotCount {
      let fragment = parser.fragment(number, of: chain)
      let id = parser.request(number).id
      let length = Int(fragment.length)
      if length == 0, position >= headLength, policy.responseOrder == .copiedFirst {
        // Nothing is to be read, so nothing is waited for.
        respond(id, .okay)
        continue
      }
      unsafe copier.add(
        .fromGrant,
        fragment.grant,
        at: Int(fragment.offset),
        count: length,
        local: inbox.address(start + position),
        number: slots.count
      )
      let reach = Self.reach(position, length, headLength)
      slots.append(PassSlot(id: id, reach: reach, isHead: number == 0))
      position += length
    }
    packets.append(
      PassPacket(
        slots: firstSlot..<slots.count,
        start: start,
        length: chain.length,
        extraCount: chain.extraCount,
        flags: chain.head.flags,
        segmentation: chain.segmentation
      )
    )
  }

  private static func reach(_ position: Int, _ length: Int, _ headLength: Int) -> PassSlot.Reach {
    if position + length <= headLength { return .copied }
    return position < headLength ? .shared : .mapped
  }

  /// Carries out the copies, answers, and passes the frames on.
  func finishPass(_ inbox: inout FrameInbox, _ outcome: inout TransmitOutcome) {
    copier.flush()
    for failure in copier.failures { slots[failure.number].hasFailed = true }
    let isOrdered = policy.responseOrder == .inOrder
    for packet in packets {
      let hasFailed = packet.slots.contains { slots[$0].hasFailed }
      if isOrdered {
        answerInOrder(packet, hasFailed)
      } else if hasFailed {
        answer(packet, PassAnswers.failed(slots, packet.slots))
      } else {
        answerCopied(packet)
      }
      if !hasFailed, !deliver(packet, &inbox) { outcome.lost += 1 }
    }
    if !isOrdered { answerMapped() }
  }

  private func answer(_ packet: PassPacket, _ answers: [PassAnswer]) {
    for answer in answers { self.answer(packet, slots[answer.slot], answer.status) }
  }

  private func answer(_ packet: PassPacket, _ slot: PassSlot, _ status: TransmitStatus) {
    respond(slot.id, status, extras: slot.isHead ? packet.extraCount : 0)
  }

  private func answerInOrder(_ packet: PassPacket, _ hasFailed: Bool) {
    let others = hasFailed ? policy.siblingStatus : .okay
    for index in packet.slots {
      answer(packet, slots[index], slots[index].hasFailed ? .error : others)
    }
  }

  private func answerCopied(_ packet: PassPacket) {
    for index in packet.slots where slots[index].reach == .copied {
      answer(packet, slots[index], .okay)
    }
  }

  private func answerMapped() {
    for packet in packets where !packet.slots.contains(where: { slots[$0].hasFailed }) {
      for index in packet.slots where slots[index].reach != .copied {
        answer(packet, slots[index], .okay)
      }
    }
  }

  /// Lets a frame wait for the caller.
  ///
  /// - Returns: Whether what is to be done to it can be.
  private func deliver(_ packet: PassPacket, _ inbox: inout FrameInbox) -> Bool {
    let bytes = unsafe inbox.address(packet.start)
    guard let offload = unsafe packet.offload(bytes, policy) else { return false }
    inbox.append(GuestFrame(start: packet.start, length: packet.length, offload: offload))
    return true
  }

  /// Orders what was written before it and what is read behind it.
  func fence() { atomicMemoryFence(ordering: .sequentiallyConsistent) }
}
