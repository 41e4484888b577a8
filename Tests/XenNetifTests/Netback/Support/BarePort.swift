import NetBackend
import RingMemory
import Synchronization
import SystemPackage
import XenNetif

/// A port whose calls on the way of a frame cost nothing: its grants are numbers of fixed pages.
struct BarePort: RelayingPort {
  private final class Channel: Sendable {
    let pending = Atomic<UInt32>(0)
    let notified = Atomic(0)
    let isUsed = Atomic(false)
  }

  let simulated: SimulatedXenPort
  private let pages: [GuestPage]
  private let channel = Channel()

  init(_ simulated: SimulatedXenPort, pages: [GuestPage]) {
    self.simulated = simulated
    self.pages = pages
  }

  /// How often the frontend was notified.
  var notified: Int { channel.notified.load(ordering: .relaxed) }

  /// Makes a channel pending.
  ///
  /// From then on no others are.
  func raise(_ number: EventChannel) {
    channel.isUsed.store(true, ordering: .relaxed)
    channel.pending.store(number.rawValue, ordering: .relaxed)
  }

  func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>) {
    for index in operations.indices {
      let copy = unsafe operations[index]
      let page = unsafe pages[Int(copy.grant.rawValue)].memory.base + Int(copy.offset)
      if unsafe copy.direction == .fromGrant {
        unsafe copy.local.copyMemory(from: page, byteCount: Int(copy.length))
      } else {
        unsafe page.copyMemory(from: copy.local, byteCount: Int(copy.length))
      }
      unsafe operations[index].status = .okay
    }
  }

  func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    self.channel.notified.add(1, ordering: .relaxed)
  }

  func takePending(_ descriptor: Int32) -> EventChannel? {
    let number = channel.pending.exchange(0, ordering: .relaxed)
    if number != 0 { return EventChannel(rawValue: number) }
    return channel.isUsed.load(ordering: .relaxed) ? nil : simulated.takePending(descriptor)
  }

  func unmask(
    _ descriptor: Int32,
    _ channel: EventChannel,
    isSpurious: Bool
  ) throws(Errno) {
    guard !self.channel.isUsed.load(ordering: .relaxed) else { return }
    try simulated.unmask(descriptor, channel, isSpurious: isSpurious)
  }
}
