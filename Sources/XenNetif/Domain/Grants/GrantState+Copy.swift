internal import NetBackend
internal import RingMemory

extension GrantState {
  /// Carries out one copy, and says what came of it.
  ///
  /// Source: Xen `common/grant_table.c`, `gnttab_copy_one`: a copy of no bytes looks at nothing; the
  /// domain and the grant come before the bounds of the two pages.
  mutating func copy(_ operation: GrantCopy, by partner: Domain) -> GrantStatus {
    let owner = unsafe operation.domain == .own ? partner : operation.domain
    let status: GrantStatus
    do {
      try unsafe copyChecked(operation, of: owner, by: partner)
      status = .okay
    } catch {
      status = error
    }
    unsafe recordCopy(operation, of: owner, by: partner, status: status)
    return status
  }

  private mutating func copyChecked(
    _ operation: GrantCopy,
    of owner: Domain,
    by partner: Domain
  ) throws(GrantStatus) {
    let (reference, length) = unsafe (operation.grant, Int(operation.length))
    guard length > 0 else { return }
    guard tables[owner] != nil else { throw .badDomain }
    tables[owner]?.use(reference) { $0.copies += 1 }
    try tables[owner]?.check(.copy, on: reference)
    let isWriting = unsafe operation.direction == .toGrant
    guard let entry = try tables[owner]?.entry(reference, for: partner, isWriting: isWriting) else {
      throw .badDomain
    }
    let offset = unsafe Int(operation.offset)
    let localOffset = unsafe offsetInPage(operation.local)
    guard max(offset, localOffset) + length <= GuestPage.count else { throw .badCopyArgument }
    let granted = unsafe entry.page.memory.base + offset
    if isWriting {
      unsafe granted.copyShort(from: operation.local, count: length)
    } else {
      unsafe operation.local.copyShort(from: granted, count: length)
    }
    tables[owner]?.use(reference) { $0.touch(offset..<offset + length) }
  }

  private mutating func recordCopy(
    _ operation: GrantCopy,
    of owner: Domain,
    by partner: Domain,
    status: GrantStatus
  ) {
    guard isRecording else { return }
    let kind = unsafe GrantOperation.Kind.copy(
      operation.direction,
      offset: operation.offset,
      length: operation.length,
      localOffset: UInt16(offsetInPage(operation.local)),
      initialStatus: operation.status
    )
    let reference = unsafe operation.grant
    record(GrantOperation(kind, reference, of: owner, by: partner, status: status))
  }
}

/// Where in its page of 4096 bytes an address lies.
private func offsetInPage(_ address: UnsafeMutableRawPointer) -> Int {
  Int(UInt(bitPattern: address) & UInt(GuestPage.count - 1))
}
