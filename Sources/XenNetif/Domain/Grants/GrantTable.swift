/// The grants of one domain.
struct GrantTable {
  /// The numbers below this one are taken by the toolstack.
  static let firstReference: UInt32 = 8
  /// The entries that the table has more each time it grows: those of one page.
  static let entriesInFrame: UInt32 = 512

  private(set) var entries: [GrantReference: GrantEntry] = [:]
  private(set) var uses: [GrantReference: GrantUse] = [:]
  var faults: [GrantReference: [GrantFault]] = [:]
  private var lastReference = firstReference - 1
  private var entryCount = entriesInFrame

  /// Grants a page, under a number of its own unless there is one given.
  mutating func add(_ entry: GrantEntry, as reference: GrantReference?) -> GrantReference {
    let reference = reference ?? makeReference()
    entries[reference] = entry
    while entryCount <= reference.rawValue && entryCount < .max - Self.entriesInFrame {
      entryCount += Self.entriesInFrame
    }
    return reference
  }

  /// Takes a grant back; who has mapped the page still has it.
  mutating func remove(_ reference: GrantReference) { entries[reference] = nil }

  /// The entry that `partner` may use, or why it may not.
  ///
  /// Source: Xen `common/grant_table.c`: a number beyond the table is no grant, an entry of the table
  /// that is not in use, or is for somebody else, or must not be written, is a general error.
  func entry(
    _ reference: GrantReference,
    for partner: Domain,
    isWriting: Bool
  ) throws(GrantStatus) -> GrantEntry {
    guard let entry = entries[reference] else {
      throw reference.rawValue < entryCount ? .generalError : .badGrant
    }
    guard entry.partner == partner, !(isWriting && entry.isReadOnly) else { throw .generalError }
    return entry
  }

  /// Counts an operation, and fails it if that has been arranged.
  mutating func check(
    _ operation: GrantFault.Operation,
    on reference: GrantReference
  ) throws(GrantStatus) {
    guard !faults.isEmpty, var faults = faults[reference] else { return }
    defer { self.faults[reference] = faults }
    for index in faults.indices
    where faults[index].operation == operation && faults[index].schedule.remaining != 0 {
      if faults[index].schedule.isDue() { throw faults[index].status }
      return
    }
  }

  mutating func use(_ reference: GrantReference, _ change: (inout GrantUse) -> Void) {
    change(&uses[reference, default: GrantUse()])
  }

  private mutating func makeReference() -> GrantReference {
    repeat { lastReference &+= 1 } while entries[GrantReference(rawValue: lastReference)] != nil
    return GrantReference(rawValue: lastReference)
  }
}
