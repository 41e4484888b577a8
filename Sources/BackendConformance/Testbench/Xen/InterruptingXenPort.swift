package import RingMemory
package import SystemPackage
package import XenNetif

/// A port of which each event that it raises runs the frontend's handler at once, as an interrupt does
/// in a domain that runs.
package struct InterruptingXenPort: XenPort {
  let base: SimulatedXenPort
  let interrupt: @Sendable () -> Void

  package func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try base.notify(descriptor, channel)
    interrupt()
  }
}

// The rest is passed on.
extension InterruptingXenPort {
  package var storeDescriptor: Int32 { base.storeDescriptor }

  package func read(
    _ path: String,
    in transaction: XenTransaction
  ) throws(Errno) -> String { try base.read(path, in: transaction) }

  package func list(
    _ path: String,
    in transaction: XenTransaction
  ) throws(Errno) -> [String] { try base.list(path, in: transaction) }

  package func write(
    _ value: String,
    to path: String,
    in transaction: XenTransaction
  ) throws(Errno) { try base.write(value, to: path, in: transaction) }

  package func remove(_ path: String, in transaction: XenTransaction) throws(Errno) {
    try base.remove(path, in: transaction)
  }

  package func beginTransaction() throws(Errno) -> XenTransaction { try base.beginTransaction() }

  package func end(_ transaction: XenTransaction, commit: Bool) throws(Errno) {
    try base.end(transaction, commit: commit)
  }

  package func watch(_ path: String, token: String) throws(Errno) {
    try base.watch(path, token: token)
  }

  package func unwatch(_ path: String, token: String) throws(Errno) {
    try base.unwatch(path, token: token)
  }

  package func nextWatchEvent() -> XenWatchEvent? { base.nextWatchEvent() }

  package func openEvents() throws(Errno) -> Int32 { try base.openEvents() }

  package func bind(
    _ descriptor: Int32,
    to remote: EventChannel,
    of domain: Domain
  ) throws(Errno) -> EventChannel { try base.bind(descriptor, to: remote, of: domain) }

  package func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try base.unbind(descriptor, channel)
  }

  package func takePending(_ descriptor: Int32) -> EventChannel? { base.takePending(descriptor) }

  package func unmask(
    _ descriptor: Int32,
    _ channel: EventChannel,
    isSpurious: Bool
  ) throws(Errno) { try base.unmask(descriptor, channel, isSpurious: isSpurious) }

  package func closeEvents(_ descriptor: Int32) throws(Errno) {
    try base.closeEvents(descriptor)
  }

  package func map(
    _ grant: GrantReference,
    of domain: Domain
  ) throws(GrantStatus) -> SharedMemory { try base.map(grant, of: domain) }

  package func unmap(_ memory: SharedMemory) { base.unmap(memory) }

  package func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>) {
    unsafe base.copy(operations)
  }
}
