internal import DequeModule
internal import RingMemory
internal import Synchronization

/// What goes into a slot of the receive ring.
enum ReceiveSlot {
  case data(ReceiveResponse)
  case extra(ExtraInfo)
}

/// What came of putting frames into the receive ring.
struct ReceiveDrain: Equatable {
  /// The frames that left the queue.
  var frames = 0
  /// Whether the frontend waits for a response.
  var notifies = false
  /// Whether the frontend claimed requests that there cannot be.
  var overflowed = false
}

extension ReceiveQueue {
  /// Puts as many frames into the ring as there are requests for.
  ///
  /// A frame goes in whole or stays. When one stays, the frontend is asked to tell when it has posted
  /// more.
  func drain(now: UInt64) -> ReceiveDrain {
    var drain = ReceiveDrain()
    while !frames.isEmpty {
      let count = placeBatch(&drain)
      guard count > 0 else { break }
      if finishBatch() { drain.notifies = true }
      for _ in 0..<count { removeFirst() }
      drain.frames += count
      lastProgress = now
    }
    return drain
  }

  /// Consumes requests for frames from the first on, and collects the copies.
  ///
  /// - Returns: The number of frames.
  private func placeBatch(_ drain: inout ReceiveDrain) -> Int {
    slots.removeAll(keepingCapacity: true)
    copier.begin()
    var count = 0
    while count < frames.count {
      let frame = frames[count]
      let needed = UInt32(layout.slots(frame))
      guard needed <= ring.room, hasRequests(needed, &drain) else { break }
      place(frame)
      count += 1
    }
    return count
  }

  private func hasRequests(_ needed: UInt32, _ drain: inout ReceiveDrain) -> Bool {
    while true {
      let claimed = ring.claimed
      if policy.checksReceiveProducer, claimed > ring.slotCount {
        drain.overflowed = true
        return false
      }
      guard claimed < needed else { return true }
      let producer = ring.requestConsumer &+ claimed
      ring.ring.requestEvent.store(producer &+ 1)
      // The frontend writes its producer and then reads the event; here it is the other way round.
      atomicMemoryFence(ordering: .sequentiallyConsistent)
      guard ring.ring.requestProducer.load() != producer else { return false }
    }
  }

  /// Consumes the requests for one frame, each read once.
  private func place(_ frame: QueuedFrame) {
    let extras = frame.extras(headroom: layout.headroom)
    var done = 0
    var flags = frame.flags
    if !extras.isEmpty { flags.insert(.extraInfo) }
    repeat {
      let count = min(frame.length - done, layout.room)
      if frame.length - done > count { flags.insert(.moreData) }
      placeData(frame.start + done, count, flags)
      if done == 0 { placeExtras(extras) }
      done += count
      flags = []
    } while done < frame.length
  }

  private func placeData(_ start: Int, _ count: Int, _ flags: ReceiveFlags) {
    let request = ring.ring.value(at: ring.requestConsumer, as: ReceiveRequest.self)
    ring.consume()
    let headroom = layout.headroom
    let inStatus = policy.headroomForm == .inStatus
    var response = ReceiveResponse(
      id: request.id,
      offset: inStatus ? 0 : headroom,
      flags: flags,
      status: Int16(truncatingIfNeeded: count + (inStatus ? Int(headroom) : 0))
    )
    if layout.fits {
      unsafe copier.add(
        .toGrant,
        request.grant,
        at: Int(headroom),
        count: count,
        local: arena.address(start),
        number: slots.count
      )
    } else {
      response.status = GrantStatus.badCopyArgument.rawValue
    }
    slots.append(.data(response))
  }

  /// Takes the slots of requests whose pages are not needed.
  private func placeExtras(_ extras: [ExtraInfo]) {
    for extra in extras {
      ring.consume()
      slots.append(.extra(extra))
    }
  }

  /// Copies the bytes, answers, and shows the answers.
  ///
  /// - Returns: Whether the frontend waits for one of them.
  private func finishBatch() -> Bool {
    copier.flush()
    for failure in copier.failures {
      guard case .data(var response) = slots[failure.number] else { continue }
      response.status = failure.status.rawValue
      slots[failure.number] = .data(response)
    }
    for slot in slots {
      switch slot {
      case .data(let response): ring.respond(response)
      case .extra(let extra): ring.respond(extra)
      }
    }
    return ring.push()
  }
}
