import Synchronization
import XenNetif

/// What a frontend does to a ring while the netback copies, as one on another processor would.
final class FuzzedMeanwhile: Sendable {
  private struct State {
    var ring: GuestRing?
    var slots: [[UInt8]] = []
    var count = 0
    var times = 0
  }

  private let state = Mutex(State())

  /// Has slots published each of so many times, one after the other and again from the first.
  func publish(_ slots: [[UInt8]], count: Int, on ring: GuestRing, times: Int) {
    state.withLock { $0 = State(ring: ring, slots: slots, count: count, times: times) }
  }

  func run() {
    state.withLock { state in
      guard state.times > 0, let ring = state.ring else { return }
      state.times -= 1
      ring.publish(state.slots, count: state.count)
    }
  }
}

extension GuestRing {
  /// Puts slots behind the producer, again from the first of them when they end.
  func publish(_ slots: [[UInt8]], count: Int) {
    let producer = ring.requestProducer.load()
    for index in 0..<count {
      storeSlot(slots[index % slots.count], at: producer &+ UInt32(index))
    }
    ring.requestProducer.store(producer &+ UInt32(count))
  }
}
