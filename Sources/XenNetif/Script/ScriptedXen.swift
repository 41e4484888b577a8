public import CallScript
public import RingMemory
public import SystemPackage

/// A port around another that makes calls go wrong as a ``CallScript`` says, and records them there.
///
/// Mapping and copying have statuses of their own, with faults where the grants are.
public struct ScriptedXen<Base: XenPort>: XenPort {
  /// The port that carries out the calls.
  public let base: Base
  /// The faults, the record and the ledger of the descriptors that events are taken from.
  public let script: CallScript
  /// Runs after each event that was raised, as an interrupt does in a domain that runs.
  public var onNotified: (@Sendable () -> Void)?

  /// Creates a port around `base`.
  public init(_ base: Base, script: CallScript = CallScript()) {
    self.base = base
    self.script = script
  }

  /// Makes a call, or what a fault puts in its place, and records it.
  ///
  /// A fault that only returns a number leaves out a call that has no result.
  private func call<Result>(
    _ name: CallName,
    on descriptor: Int32 = -1,
    number: (Result) -> Int = { _ in 0 },
    _ body: () throws(Errno) -> Result
  ) throws(Errno) -> Result {
    var call = SystemCall(name, on: descriptor, argument: 0)
    defer { script.ended(call) }
    do throws(Errno) {
      switch script.effect(on: name) {
      case .fails(let errno): throw errno
      case .returns(let count):
        call.result = count
        if let nothing = () as? Result { return nothing }
        return try body()
      case .finds, nil:
        let result = try body()
        call.result = number(result)
        return result
      }
    } catch {
      call.result = -Int(error.rawValue)
      throw error
    }
  }
}

// The store.
extension ScriptedXen {
  /// The descriptor that is readable while there is a watch event to be taken.
  public var storeDescriptor: Int32 { base.storeDescriptor }

  /// The value of a key.
  public func read(_ path: String, in transaction: XenTransaction) throws(Errno) -> String {
    try call(.storeRead) { () throws(Errno) in try base.read(path, in: transaction) }
  }

  /// The names of the keys below a path.
  public func list(_ path: String, in transaction: XenTransaction) throws(Errno) -> [String] {
    try call(.storeDirectory) { () throws(Errno) in try base.list(path, in: transaction) }
  }

  /// Writes a key.
  public func write(
    _ value: String,
    to path: String,
    in transaction: XenTransaction
  ) throws(Errno) {
    try call(.storeWrite) { () throws(Errno) in
      try base.write(value, to: path, in: transaction)
    }
  }

  /// Removes a key and what is below it.
  public func remove(_ path: String, in transaction: XenTransaction) throws(Errno) {
    try call(.storeRemove) { () throws(Errno) in try base.remove(path, in: transaction) }
  }

  /// Begins a transaction.
  public func beginTransaction() throws(Errno) -> XenTransaction {
    try call(.transactionStart) { () throws(Errno) in try base.beginTransaction() }
  }

  /// Ends a transaction, which has ended also if a fault says that it failed: nothing is written then.
  public func end(_ transaction: XenTransaction, commit: Bool) throws(Errno) {
    do throws(Errno) {
      try call(.transactionEnd) { () throws(Errno) in
        try base.end(transaction, commit: commit)
      }
    } catch {
      try? base.end(transaction, commit: false)
      throw error
    }
  }

  /// Watches a path.
  public func watch(_ path: String, token: String) throws(Errno) {
    try call(.storeWatch) { () throws(Errno) in try base.watch(path, token: token) }
  }

  /// Ends a watch.
  public func unwatch(_ path: String, token: String) throws(Errno) {
    try call(.storeUnwatch) { () throws(Errno) in try base.unwatch(path, token: token) }
  }

  /// The next watch event.
  public func nextWatchEvent() -> XenWatchEvent? { base.nextWatchEvent() }
}

// Event channels.
extension ScriptedXen {
  /// Opens the device that events are taken from.
  public func openEvents() throws(Errno) -> Int32 {
    try call(.open, number: { Int($0) }) { () throws(Errno) in
      let descriptor = try base.openEvents()
      script.enter { $0.opened(descriptor) }
      return descriptor
    }
  }

  /// Binds a channel to the one that another domain offers.
  public func bind(
    _ descriptor: Int32,
    to remote: EventChannel,
    of domain: Domain
  ) throws(Errno) -> EventChannel {
    try call(.bindChannel, on: descriptor) { () throws(Errno) in
      try base.bind(descriptor, to: remote, of: domain)
    }
  }

  /// Gives a channel back.
  public func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try call(.unbindChannel, on: descriptor) { () throws(Errno) in
      try base.unbind(descriptor, channel)
    }
  }

  /// Raises the other end of a channel.
  public func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    try call(.notifyChannel, on: descriptor) { () throws(Errno) in
      try base.notify(descriptor, channel)
    }
    onNotified?()
  }

  /// Takes a pending channel.
  public func takePending(_ descriptor: Int32) -> EventChannel? { base.takePending(descriptor) }

  /// Ends the handling of an event.
  public func unmask(
    _ descriptor: Int32,
    _ channel: EventChannel,
    isSpurious: Bool
  ) throws(Errno) { try base.unmask(descriptor, channel, isSpurious: isSpurious) }

  /// Closes the descriptor.
  public func closeEvents(_ descriptor: Int32) throws(Errno) {
    // As with the kernel's own close the descriptor is gone, also if a fault says that it failed.
    script.enter { $0.closed(descriptor) }
    let closing = Result { () throws(Errno) in try base.closeEvents(descriptor) }
    try call(.close, on: descriptor) { () throws(Errno) in try closing.get() }
  }
}

// Grants.
extension ScriptedXen {
  /// Maps one granted page.
  public func map(_ grant: GrantReference, of domain: Domain) throws(GrantStatus) -> SharedMemory {
    try base.map(grant, of: domain)
  }

  /// Ends a mapping.
  public func unmap(_ memory: SharedMemory) { base.unmap(memory) }

  /// Carries out copies.
  public func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>) {
    unsafe base.copy(operations)
  }
}
