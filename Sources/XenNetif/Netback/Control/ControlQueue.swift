internal import RingMemory

/// The control ring of an interface that is connected.
///
/// Touched only while the interface's gate lets its owner through.
///
/// Sendable is unchecked: the gate lets one thread at a time in, and hands over what the last one wrote.
final class ControlQueue<Port: XenPort>: @unchecked Sendable {
  /// The channel that requests are told on.
  let channel: EventChannel
  /// The memory of the ring.
  let memory: SharedMemory
  private var ring: BackRing
  private let service: ControlService<Port>
  /// Whether the frontend claimed requests that there cannot be.
  private var isStopped = false

  init(
    _ memory: SharedMemory,
    _ channel: EventChannel,
    _ service: ControlService<Port>
  ) throws(RingOverflow) {
    self.memory = memory
    self.channel = channel
    self.service = service
    ring = try BackRing(attachingTo: SharedRing(memory, .control))
  }

  /// Answers what has been asked; at most as many requests as the ring has slots.
  func serve(_ hash: inout HashSteering) -> ControlOutcome {
    var outcome = ControlOutcome()
    var left = ring.slotCount
    repeat {
      guard left > 0 else {
        // Others get their turn before what has come meanwhile.
        outcome.hasMore = true
        return outcome
      }
      guard !isStopped, let count = try? ring.unconsumed() else {
        isStopped = true
        return outcome
      }
      let taken = min(count, left)
      for _ in 0..<taken {
        let request = ring.ring.value(at: ring.requestConsumer, as: ControlRequest.self)
        ring.consume()
        ring.respond(service.answer(request, &hash))
      }
      left -= taken
      guard taken > 0 else { continue }
      outcome.worked = true
      if ring.push() { outcome.notifies = true }
    } while ring.finalCheck()
    return outcome
  }
}

/// What came of looking at the control ring.
struct ControlOutcome: Equatable {
  /// Whether there was anything to do.
  var worked = false
  /// Whether the frontend waits for an answer.
  var notifies = false
  /// Whether there is more to do at once.
  var hasMore = false
}
