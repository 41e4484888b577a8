import RingMemory
import Synchronization
import SystemPackage
import XenNetif

/// The netback's port: copies, mappings and events are looked after here, in less time than a simulated
/// hypervisor needs.
struct RingPort: RelayingPort {
  let simulated: SimulatedXenPort
  let pages: RingPages
  let bus: RingBus

  func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>) { pages.copy(operations) }

  func map(_ grant: GrantReference, of domain: Domain) throws(GrantStatus) -> SharedMemory {
    let memory = try simulated.map(grant, of: domain)
    bus.count(mappings: 1)
    return memory
  }

  func unmap(_ memory: SharedMemory) {
    simulated.unmap(memory)
    bus.count(mappings: -1)
  }

  func bind(
    _ descriptor: Int32,
    to remote: EventChannel,
    of domain: Domain
  ) throws(Errno) -> EventChannel {
    bus.bind(remote)
    return remote
  }

  func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) { bus.unbind(channel) }

  /// Nobody waits for it.
  func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {}

  func takePending(_ descriptor: Int32) -> EventChannel? { bus.takePending() }

  /// No channel is masked while its events are handled: nobody raises it then.
  func unmask(_ descriptor: Int32, _ channel: EventChannel, isSpurious: Bool) throws(Errno) {}
}

/// The channels of a connection, which have the same number at both ends, and the number of its
/// mappings.
final class RingBus: Sendable {
  /// A bit for each channel that is bound, or that has been raised.
  private let bound = Atomic<UInt32>(0), pending = Atomic<UInt32>(0)
  private let mappings = Atomic(0)

  var hasPending: Bool { pending.load(ordering: .relaxed) != 0 }
  var hasChannels: Bool { bound.load(ordering: .relaxed) != 0 }
  var mappingCount: Int { mappings.load(ordering: .relaxed) }

  func count(mappings number: Int) { mappings.add(number, ordering: .relaxed) }

  func bind(_ channel: EventChannel) {
    bound.bitwiseOr(1 << channel.rawValue, ordering: .relaxed)
    raise(channel)
  }

  func unbind(_ channel: EventChannel) {
    bound.bitwiseAnd(~(1 << channel.rawValue), ordering: .relaxed)
    pending.bitwiseAnd(~(1 << channel.rawValue), ordering: .relaxed)
  }

  func raise(_ channel: EventChannel) {
    pending.bitwiseOr(1 << channel.rawValue, ordering: .relaxed)
  }

  func takePending() -> EventChannel? {
    let all = pending.load(ordering: .relaxed)
    guard all != 0 else { return nil }
    pending.bitwiseAnd(all - 1, ordering: .relaxed)
    return EventChannel(rawValue: UInt32(all.trailingZeroBitCount))
  }
}
