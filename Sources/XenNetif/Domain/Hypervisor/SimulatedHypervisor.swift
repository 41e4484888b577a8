/// A hypervisor in memory, with its store: domains, grants and event channels.
///
/// A backend uses it through a ``SimulatedXenPort``, a frontend through a ``SimulatedDomain``. Whatever
/// either of them does takes effect at once, and nothing waits.
public final class SimulatedHypervisor: Sendable {
  let state = HypervisorLock(HypervisorState())

  /// Creates a hypervisor whose store is empty.
  public init() {}

  /// A new port of a domain, with a connection of its own to the store.
  public func makePort(for domain: Domain) -> SimulatedXenPort {
    let descriptor = state.withLock { (state) -> Int32 in
      let descriptor = state.makeDescriptor()
      state.store.connections[descriptor] = StoreConnection(domain: domain)
      return descriptor
    }
    return SimulatedXenPort(hypervisor: self, domain: domain, storeDescriptor: descriptor)
  }

  /// A domain, which exists from now on.
  public func makeDomain(_ number: Domain) -> SimulatedDomain {
    state.withLock { (state) in state.grants.addDomain(number) }
    return SimulatedDomain(port: makePort(for: number))
  }

  /// Whether a read of a descriptor of this hypervisor would find something: an event, or a change of
  /// what is watched.
  public func isReadable(_ descriptor: Int32) -> Bool {
    state.withLock { (state) in
      if let connection = state.store.connections[descriptor] { return !connection.events.isEmpty }
      return state.events.isReadable(descriptor)
    }
  }

  /// Arranges that calls fail; of several arrangements for one call the first that is not over counts.
  public func arrange(_ fault: CallFault) {
    state.withLock { (state) in state.faults.append(fault) }
  }

  /// Ends all arrangements that calls fail.
  public func removeCallFaults() {
    state.withLock { (state) in state.faults = [] }
  }

  func locked<Result: Sendable, Failure: Error>(
    _ body: (inout HypervisorState) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.withLock { (state) throws(Failure) -> Result in try body(&state) }
  }
}
