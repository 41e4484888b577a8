public import RingMemory

extension SimulatedXenPort {
  /// Maps one granted page, which must not be read-only.
  ///
  /// - Throws: A bad domain, a bad grant for a number beyond the other domain's table, a general error
  ///   for one that is not in use, is for somebody else, or is read-only.
  public func map(
    _ grant: GrantReference,
    of domain: Domain
  ) throws(GrantStatus) -> SharedMemory {
    try hypervisor.locked { (state) throws(GrantStatus) -> SharedMemory in
      try state.grants.map(grant, of: domain, by: self.domain)
    }
  }

  /// Ends a mapping; one that has ended already is counted as stray.
  public func unmap(_ memory: SharedMemory) {
    hypervisor.locked { (state) in state.grants.unmap(memory) }
  }

  /// Carries out copies in order, each with a status of its own.
  public func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>) {
    // Nobody but the caller has the operations while the call lasts, which is on one thread.
    nonisolated(unsafe) let operations = unsafe operations
    hypervisor.locked { (state) in
      for index in unsafe operations.indices {
        unsafe operations[index].status = state.grants.copy(operations[index], by: domain)
      }
    }
  }
}
