public import SystemPackage

extension Frontend {
  /// The keys that tell the backend of queues, control ring and features, in the order in which they
  /// are written.
  ///
  /// With one queue its keys are in the directory itself, with more in one directory each.
  ///
  /// Source: Xen `io/netif.h`, on queues.
  public var keys: [(name: String, value: String)] {
    var keys = configuration.features.map { (name: $0.key, value: $0.value) }
    keys.sort { $0.name < $1.name }
    if let control {
      keys.append(("ctrl-ring-ref", "\(control.grant.rawValue)"))
      keys.append(("event-channel-ctrl", "\(control.channel.rawValue)"))
    }
    guard queues.count > 1 else { return keys + queues[0].keys }
    keys.append(("multi-queue-num-queues", "\(queues.count)"))
    for (number, queue) in queues.enumerated() {
      keys += queue.keys.map { ("queue-\(number)/\($0.name)", $0.value) }
    }
    return keys
  }

  /// Writes ``keys`` in one transaction, begun anew as long as somebody comes between.
  public func writeKeys() throws(Errno) {
    var isWritten = false
    while !isWritten {
      let transaction = try domain.port.beginTransaction()
      for key in keys { try write(key.value, to: key.name, in: transaction) }
      do throws(Errno) {
        try domain.port.end(transaction, commit: true)
        isWritten = true
      } catch {
        guard error == .resourceTemporarilyUnavailable else { throw error }
      }
    }
  }

  /// Writes a key of the frontend's directory.
  public func write(
    _ value: String,
    to name: String,
    in transaction: XenTransaction = .none
  ) throws(Errno) {
    try domain.port.write(value, to: "\(directories.frontendPath)/\(name)", in: transaction)
  }

  /// Removes a key of the frontend's directory.
  public func remove(_ name: String) throws(Errno) {
    try domain.port.remove("\(directories.frontendPath)/\(name)", in: .none)
  }

  /// Says how far the frontend has come.
  public func setState(_ state: ConnectionState) throws(Errno) {
    try write("\(state.rawValue)", to: "state")
  }

  /// Writes ``keys`` and says that the frontend works, as it does once the backend waits for it.
  public func connect() throws(Errno) {
    try writeKeys()
    try setState(.connected)
  }

  /// How far the backend says that it has come.
  public var backendState: ConnectionState {
    let value = backendValue("state").flatMap { Int($0) }
    return ConnectionState(rawValue: value ?? 0)
  }

  /// A key of the backend's directory; `nil` if there is none.
  public func backendValue(_ name: String) -> String? {
    try? domain.port.read("\(directories.backendPath)/\(name)", in: .none)
  }
}
