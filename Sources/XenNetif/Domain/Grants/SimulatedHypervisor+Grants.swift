extension SimulatedHypervisor {
  /// What was done with grants since this was last taken, oldest first.
  public func takeGrantOperations() -> [GrantOperation] {
    state.withLock { (state) in
      defer { state.grants.operations = [] }
      return state.grants.operations
    }
  }

  /// Whether a record of what is done with grants is kept, as it is at first.
  public func recordGrantOperations(_ isRecording: Bool) {
    state.withLock { (state) in state.grants.isRecording = isRecording }
  }

  /// The grants that a domain has mapped, one for each mapping, in the order of their numbers.
  public func mappedGrants(by domain: Domain) -> [GrantReference] {
    state.withLock { (state) in
      state.grants.mappings.values.filter { $0.partner == domain }.map(\.grant)
        .sorted { $0.rawValue < $1.rawValue }
    }
  }

  /// How often somebody unmapped what was not mapped, or not any more.
  public var strayUnmaps: Int { state.withLock { (state) in state.grants.strayUnmaps } }
}
