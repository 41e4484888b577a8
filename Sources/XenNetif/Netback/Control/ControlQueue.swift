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
  ///
  /// - Returns: Whether there was anything, and whether the frontend is to be notified.
  func serve(_ hash: inout HashSteering) -> (worked: Bool, notifies: Bool) {
    var (worked, notifies) = (false, false)
    var left = ring.slotCount
    repeat {
      guard !isStopped, let count = try? ring.unconsumed() else {
        isStopped = true
        return (worked, notifies)
      }
      for _ in 0..<min(count, left) {
        let request = ring.ring.value(at: ring.requestConsumer, as: ControlRequest.self)
        ring.consume()
        ring.respond(service.answer(request, &hash))
      }
      worked = worked || count > 0
      left -= min(count, left)
      if count > 0, ring.push() { notifies = true }
    } while left > 0 && ring.finalCheck()
    return (worked, notifies)
  }
}
