internal import CallGate
internal import NetBackend
internal import Synchronization
internal import SystemPackage

extension Vif {
  /// Tells the frontend what is offered, and waits for what it has to say.
  ///
  /// - Throws: ``BackendError``; nothing stays acquired then.
  func open() throws(BackendError) {
    let path = "\(frontend)/state"
    var storeEvents: (any EventRegistration)?
    do throws(BackendError) {
      let events = try loop.watch(descriptor) { [self] in handleEvents() }
      readiness.begin(events)
      let changes = try loop.watch(port.storeDescriptor) { [self] in handleStore() }
      storeEvents = changes
      try writeOffers()
      try call("watch") { () throws(Errno) in
        try port.watch(path, token: VifWatch.frontend.rawValue)
      }
      storeRegistration.withLock { $0 = changes }
      events.enable()
      changes.enable()
    } catch {
      // Whoever closes it later finds nothing to give back.
      gate.close { (_, _) in
        readiness.end()
        storeEvents?.cancel()
        try? port.closeEvents(descriptor)
      }
      throw error
    }
  }

  /// Writes what is offered, all of it at once, and then the state that says so.
  ///
  /// Whoever changes the store meanwhile makes it begin anew.
  private func writeOffers() throws(BackendError) {
    let keys = policy.offers.keys(maximumQueues: policy.maximumQueues)
    for _ in 0..<Self.transactionAttempts {
      let isWritten = try call("write") { () throws(Errno) in
        let transaction = try port.beginTransaction()
        do throws(Errno) {
          for (key, value) in keys {
            try port.write(value, to: "\(name.directory)/\(key)", in: transaction)
          }
        } catch {
          try? port.end(transaction, commit: false)
          throw error
        }
        return try isCommitted(transaction)
      }
      guard isWritten else { continue }
      return try call("write") { () throws(Errno) in
        try port.write(
          "\(ConnectionState.initWait.rawValue)",
          to: "\(name.directory)/state",
          in: .none
        )
      }
    }
    throw failure(.busy, "write", .resourceTemporarilyUnavailable)
  }

  private static var transactionAttempts: Int { 64 }

  private func isCommitted(_ transaction: XenTransaction) throws(Errno) -> Bool {
    do throws(Errno) {
      try port.end(transaction, commit: true)
      return true
    } catch  where error == .resourceTemporarilyUnavailable {
      return false
    }
  }

  private func call<Result>(
    _ name: String,
    _ body: () throws(Errno) -> Result
  ) throws(BackendError) -> Result {
    do throws(Errno) { return try body() } catch { throw failure(.system, name, error) }
  }

  /// Waits for calls and handlers under way, gives everything back, and tells the frontend.
  func close() {
    gate.close { (sending, receiving) in
      readiness.end()
      storeRegistration.withLock { $0.take() }?.cancel()
      sending.timer?.cancel()
      receiving.timer?.cancel()
      move(towards: .closed, &sending, &receiving)
      try? port.unwatch("\(frontend)/state", token: VifWatch.frontend.rawValue)
      try? port.closeEvents(descriptor)
    }
  }
}
