extension SimulatedDomain {
  /// Grants a page to another domain.
  ///
  /// - Parameter reference: The number of the grant, in place of whatever it was before; a free one if
  ///   there is none given.
  @discardableResult
  public func grant(
    _ page: GuestPage,
    to partner: Domain,
    isReadOnly: Bool = false,
    as reference: GrantReference? = nil
  ) -> GrantReference {
    let entry = GrantEntry(page: page, partner: partner, isReadOnly: isReadOnly)
    return hypervisor.locked { (state) in
      state.grants.tables[number, default: GrantTable()].add(entry, as: reference)
    }
  }

  /// Takes a grant back; who has mapped the page still has it.
  public func revoke(_ reference: GrantReference) {
    hypervisor.locked { (state) in state.grants.tables[number]?.remove(reference) }
  }

  /// What others did with a grant of this domain, whether there is one of that number or not.
  public func use(of reference: GrantReference) -> GrantUse {
    hypervisor.locked { (state) in
      state.grants.tables[number]?.uses[reference] ?? GrantUse()
    }
  }

  /// Arranges that what others do with a grant fails, behind what was arranged before.
  public func arrange(_ fault: GrantFault, on reference: GrantReference) {
    hypervisor.locked { (state) in
      state.grants.tables[number]?.faults[reference, default: []].append(fault)
    }
  }

  /// Ends all arrangements that something with a grant fails.
  public func removeGrantFaults() {
    hypervisor.locked { (state) in state.grants.tables[number]?.faults = [:] }
  }
}
