import RingMemory
import SystemPackage
import XenNetif

/// A port that leaves to a simulated one what it does not do itself.
protocol RelayingPort: XenPort {
  /// The simulated port.
  var simulated: SimulatedXenPort { get }
}

extension RelayingPort {
  func map(_ grant: GrantReference, of domain: Domain) throws(GrantStatus) -> SharedMemory {
    try simulated.map(grant, of: domain)
  }

  func unmap(_ memory: SharedMemory) { simulated.unmap(memory) }

  func openEvents() throws(Errno) -> Int32 { try simulated.openEvents() }

  func bind(
    _ descriptor: Int32,
    to remote: EventChannel,
    of domain: Domain
  ) throws(Errno) -> EventChannel { try simulated.bind(descriptor, to: remote, of: domain) }

  func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try simulated.unbind(descriptor, channel)
  }

  func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try simulated.notify(descriptor, channel)
  }

  func takePending(_ descriptor: Int32) -> EventChannel? { simulated.takePending(descriptor) }

  func unmask(_ descriptor: Int32, _ channel: EventChannel, isSpurious: Bool) throws(Errno) {
    try simulated.unmask(descriptor, channel, isSpurious: isSpurious)
  }

  func closeEvents(_ descriptor: Int32) throws(Errno) { try simulated.closeEvents(descriptor) }

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
}
