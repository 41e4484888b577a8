internal import RingMemory

/// The grants of all domains, and what is mapped of them.
struct GrantState {
  var tables: [Domain: GrantTable] = [:]
  private(set) var mappings: [ObjectIdentifier: GrantMapping] = [:]
  private(set) var strayUnmaps = 0
  var operations: [GrantOperation] = []
  var isRecording = true

  mutating func addDomain(_ domain: Domain) {
    if tables[domain] == nil { tables[domain] = GrantTable() }
  }

  mutating func map(
    _ reference: GrantReference,
    of domain: Domain,
    by partner: Domain
  ) throws(GrantStatus) -> SharedMemory {
    let owner = domain == .own ? partner : domain
    do {
      let memory = try mapChecked(reference, of: owner, by: partner)
      record(GrantOperation(.map, reference, of: owner, by: partner))
      return memory
    } catch {
      record(GrantOperation(.map, reference, of: owner, by: partner, status: error))
      throw error
    }
  }

  /// Ends a mapping; one that is none is counted.
  mutating func unmap(_ memory: SharedMemory) {
    guard let mapping = mappings.removeValue(forKey: ObjectIdentifier(memory)) else {
      strayUnmaps += 1
      return
    }
    record(GrantOperation(.unmap, mapping.grant, of: mapping.owner, by: mapping.partner))
  }

  mutating func record(_ operation: GrantOperation) {
    if isRecording { operations.append(operation) }
  }

  private mutating func mapChecked(
    _ reference: GrantReference,
    of owner: Domain,
    by partner: Domain
  ) throws(GrantStatus) -> SharedMemory {
    guard tables[owner] != nil else { throw .badDomain }
    try tables[owner]?.check(.map, on: reference)
    guard let entry = try tables[owner]?.entry(reference, for: partner, isWriting: true) else {
      throw .badDomain
    }
    tables[owner]?.use(reference) { $0.maps += 1 }
    // The mapping is one of its own, and keeps the page.
    let page = entry.page
    let memory = unsafe SharedMemory(
      unsafeMapping: page.memory.base,
      count: GuestPage.count,
      release: { _, _ in withExtendedLifetime(page) {} }
    )
    mappings[ObjectIdentifier(memory)] = GrantMapping(
      memory: memory,
      grant: reference,
      owner: owner,
      partner: partner
    )
    return memory
  }
}

/// A page of one domain that another has mapped.
struct GrantMapping {
  let memory: SharedMemory
  let grant: GrantReference
  let owner: Domain
  let partner: Domain
}
