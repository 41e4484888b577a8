internal import BackendConformance
internal import RingMemory
internal import SystemPackage
internal import XenNetif

/// A netback's port of which single calls are replaced.
@safe struct TamperedXen: XenPort {
  /// The right port.
  typealias Base = SimulatedXenBench.Port
  /// Copies that the right netback asks for.
  typealias Copies = UnsafeMutableBufferPointer<GrantCopy>

  let base: Base
  let rings: MutantXenRings
  /// Changes what the netback finds in its rings when it handles an event; what it has not written
  /// itself is as before afterwards.
  var onPass: (@Sendable (MutantXenRings) -> Void)?
  /// Runs before the netback looks at its rings because of an event.
  var beforePass: (@Sendable (MutantXenRings) -> Void)?
  /// Runs when the netback has handled an event.
  var afterPass: (@Sendable (MutantXenRings) -> Void)?
  /// Changes a value read from the store, by path; `nil` stands for no such key.
  var onRead: (@Sendable (String, String?) -> String?)?
  /// Changes a value written to the store, by path; `nil` writes nothing.
  var onWrite: (@Sendable (String, String) -> String?)?
  /// Replaces the end of a transaction.
  var onEnd: (@Sendable (Base, XenTransaction, Bool) throws(Errno) -> Void)?
  /// Replaces setting a watch.
  var onWatch: (@Sendable (Base, String, String) throws(Errno) -> Void)?
  /// Replaces ending a watch.
  var onUnwatch: (@Sendable (Base, String, String) throws(Errno) -> Void)?
  /// Replaces mapping a page.
  var onMap: (@Sendable (Base, GrantReference, Domain) throws(GrantStatus) -> SharedMemory)?
  /// Replaces ending a mapping.
  var onUnmap: (@Sendable (Base, SharedMemory) -> Void)?
  /// Replaces copying.
  var onCopy: (@Sendable (Base, Copies) -> Void)?
  /// Replaces raising a channel.
  var onNotify: (@Sendable (Base, Int32, EventChannel) throws(Errno) -> Void)?
  /// Replaces the end of an event's handling.
  var onUnmask: (@Sendable (Base, Int32, EventChannel, Bool) throws(Errno) -> Void)?
  /// Replaces binding a channel.
  var onBind: (@Sendable (Base, Int32, EventChannel, Domain) throws(Errno) -> EventChannel)?
  /// Replaces giving a channel back.
  var onUnbind: (@Sendable (Base, Int32, EventChannel) throws(Errno) -> Void)?

  init(_ base: Base, _ rings: MutantXenRings) {
    self.base = base
    self.rings = rings
  }
}

// What is changed of a pass.
extension TamperedXen {
  /// Looks at the indices of the transmit responses that a pass has made.
  mutating func changeAnswers(
    _ change: @escaping @Sendable (MutantXenRings, [UInt32]) -> Void
  ) {
    let start = Remembered<UInt32>(0)
    beforePass = { start.value = $0.transmit?.responseProducer.load() ?? 0 }
    afterPass = { rings in
      let end = rings.transmit?.responseProducer.load() ?? start.value
      change(rings, (0..<end &- start.value).map { start.value &+ $0 })
    }
  }

  /// Changes the transmit responses that a pass has made.
  mutating func changeAnswers(
    _ change: @escaping @Sendable ([TransmitResponse]) -> [TransmitResponse]
  ) {
    changeAnswers { rings, indices in
      guard let ring = rings.transmit else { return }
      let responses = change(indices.map { ring.value(at: $0) })
      for (index, response) in zip(indices, responses) { ring.setValue(response, at: index) }
    }
  }
}

// The store.
extension TamperedXen {
  var storeDescriptor: Int32 { base.storeDescriptor }

  func read(_ path: String, in transaction: XenTransaction) throws(Errno) -> String {
    let found = Result { () throws(Errno) in try base.read(path, in: transaction) }
    guard let onRead else {
      rings.noteRead(path, try? found.get())
      return try found.get()
    }
    guard let value = onRead(path, try? found.get()) else { throw .noSuchFileOrDirectory }
    rings.noteRead(path, value)
    return value
  }

  func list(_ path: String, in transaction: XenTransaction) throws(Errno) -> [String] {
    try base.list(path, in: transaction)
  }

  func write(
    _ value: String,
    to path: String,
    in transaction: XenTransaction
  ) throws(Errno) {
    guard let onWrite else { return try base.write(value, to: path, in: transaction) }
    guard let value = onWrite(path, value) else { return }
    try base.write(value, to: path, in: transaction)
  }

  func remove(_ path: String, in transaction: XenTransaction) throws(Errno) {
    try base.remove(path, in: transaction)
  }

  func beginTransaction() throws(Errno) -> XenTransaction { try base.beginTransaction() }

  func end(_ transaction: XenTransaction, commit: Bool) throws(Errno) {
    guard let onEnd else { return try base.end(transaction, commit: commit) }
    try onEnd(base, transaction, commit)
  }

  func watch(_ path: String, token: String) throws(Errno) {
    guard let onWatch else { return try base.watch(path, token: token) }
    try onWatch(base, path, token)
  }

  func unwatch(_ path: String, token: String) throws(Errno) {
    guard let onUnwatch else { return try base.unwatch(path, token: token) }
    try onUnwatch(base, path, token)
  }

  func nextWatchEvent() -> XenWatchEvent? { base.nextWatchEvent() }
}

// Event channels.
extension TamperedXen {
  func openEvents() throws(Errno) -> Int32 { try base.openEvents() }

  func bind(
    _ descriptor: Int32,
    to remote: EventChannel,
    of domain: Domain
  ) throws(Errno) -> EventChannel {
    guard let onBind else { return try base.bind(descriptor, to: remote, of: domain) }
    return try onBind(base, descriptor, remote, domain)
  }

  func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    guard let onUnbind else { return try base.unbind(descriptor, channel) }
    try onUnbind(base, descriptor, channel)
  }

  func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno) {
    guard let onNotify else { return try base.notify(descriptor, channel) }
    try onNotify(base, descriptor, channel)
  }

  func takePending(_ descriptor: Int32) -> EventChannel? {
    guard let channel = base.takePending(descriptor) else { return nil }
    beforePass?(rings)
    if let onPass { rings.disguise { onPass(rings) } }
    return channel
  }

  func unmask(
    _ descriptor: Int32,
    _ channel: EventChannel,
    isSpurious: Bool
  ) throws(Errno) {
    rings.uncover()
    afterPass?(rings)
    guard let onUnmask else {
      return try base.unmask(descriptor, channel, isSpurious: isSpurious)
    }
    try onUnmask(base, descriptor, channel, isSpurious)
  }

  func closeEvents(_ descriptor: Int32) throws(Errno) { try base.closeEvents(descriptor) }
}

// Grants.
extension TamperedXen {
  func map(_ grant: GrantReference, of domain: Domain) throws(GrantStatus) -> SharedMemory {
    let memory =
      if let onMap { try onMap(base, grant, domain) } else { try base.map(grant, of: domain) }
    rings.noteMapping(grant, memory)
    return memory
  }

  func unmap(_ memory: SharedMemory) {
    guard let onUnmap else { return base.unmap(memory) }
    onUnmap(base, memory)
  }

  func copy(_ operations: Copies) {
    guard let onCopy = unsafe onCopy else { return unsafe base.copy(operations) }
    unsafe onCopy(base, operations)
  }
}
