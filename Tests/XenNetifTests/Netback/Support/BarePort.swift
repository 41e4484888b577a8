import NetBackend
import RingMemory
import Synchronization
import SystemPackage
import XenNetif

/// A port whose calls on the way of a frame cost nothing: its grants are numbers of fixed pages.
///
/// Everything else goes to a simulated port.
struct BarePort: XenPort {
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

  var storeDescriptor: Int32 { simulated.storeDescriptor }

  func read(_ path: String, in transaction: XenTransaction) throws(Errno) -> String {
    try simulated.read(path, in: transaction)
  }

  func list(_ path: String, in transaction: XenTransaction) throws(Errno) -> [String] {
    try simulated.list(path, in: transaction)
  }

  func write(_ value: String, to path: String, in transaction: XenTransaction) throws(Errno) {
    try simulated.write(value, to: path, in: transaction)
  }

  func remove(_ path: String, in transaction: XenTransaction) throws(Errno) {
    try simulated.remove(path, in: transaction)
  }

  func beginTransaction() throws(Errno) -> XenTransaction { try simulated.beginTransaction() }

  func end(_ transaction: XenTransaction, commit: Bool) throws(Errno) {
    try simulated.end(transaction, commit: commit)
  }

  func watch(_ path: String, token: String) throws(Errno) {
    try simulated.watch(path, token: token)
  }

  func unwatch(_ path: String, token: String) throws(Errno) {
    try simulated.unwatch(path, token: token)
  }

  func nextWatchEvent() -> XenWatchEvent? { simulated.nextWatchEvent() }

  func openEvents() throws(Errno) -> Int32 { try simulated.openEvents() }

  func bind(
    _ descriptor: Int32,
    to remote: EventChannel,
    of domain: Domain
  ) throws(Errno) -> EventChannel { try simulated.bind(descriptor, to: remote, of: domain) }

  func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try simulated.unbind(descriptor, channel)
  }

  func closeEvents(_ descriptor: Int32) throws(Errno) { try simulated.closeEvents(descriptor) }

  func map(_ grant: GrantReference, of domain: Domain) throws(GrantStatus) -> SharedMemory {
    try simulated.map(grant, of: domain)
  }

  func unmap(_ memory: SharedMemory) { simulated.unmap(memory) }
}
