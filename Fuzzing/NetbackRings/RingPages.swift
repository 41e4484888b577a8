import Glibc
import Synchronization
import XenNetif

/// The pages that slots can name: grants 64 to 79, of which odd ones are not to be written, and the last
/// is one to be tried again, each time.
///
/// Copies are checked and carried out here: a simulated hypervisor counts what each grant is used for,
/// which takes longer.
final class RingPages: Sendable {
  static let first: UInt32 = 64
  static let count = 16
  /// The grant of a page with a frame that no netback writes to.
  static let sent = GrantReference(rawValue: first + 1)
  /// The grant of a page that may be written.
  static let posted = GrantReference(rawValue: first + 2)

  private let pages: [GuestPage]
  /// The pages that are not as they were, a bit for each.
  private let changed = Atomic<UInt32>(0)
  /// The copies since pages were last put back.
  private let copies = Atomic(0)

  init() throws {
    pages = try GuestPage.pages(Self.count)
    for number in 0..<Self.count { fill(number) }
  }

  /// How often something was copied since pages were last put back.
  var copyCount: Int { copies.load(ordering: .relaxed) }

  func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>) {
    copies.add(operations.count, ordering: .relaxed)
    for index in operations.indices { operations[index].status = copy(operations[index]) }
  }

  private func copy(_ operation: GrantCopy) -> GrantStatus {
    let (offset, length) = (Int(operation.offset), Int(operation.length))
    let local = Int(UInt(bitPattern: operation.local) % UInt(GuestPage.count))
    precondition(length > 0, "no copy is asked for that is none")
    precondition(max(offset, local) + length <= GuestPage.count, "no copy leaves a page")
    let number = Int(operation.grant.rawValue &- Self.first)
    guard number < Self.count else { return .badGrant }
    guard number < Self.count - 1 else { return .again }
    let granted = pages[number].memory.base + offset
    guard operation.direction == .toGrant else {
      memcpy(operation.local, granted, length)
      return .okay
    }
    guard number % 2 == 0 else { return .generalError }
    memcpy(granted, operation.local, length)
    markChanged(number)
    return .okay
  }

  /// Stores bytes in a page, as far as they lie in it.
  func store(_ bytes: UnsafeRawBufferPointer, in number: Int, at offset: Int) {
    pages[number].store(bytes, at: offset)
    markChanged(number)
  }

  /// Puts everything back as it was at first.
  func reset() {
    copies.store(0, ordering: .relaxed)
    var rest = changed.exchange(0, ordering: .relaxed)
    while rest != 0 {
      fill(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }

  private func markChanged(_ number: Int) {
    changed.bitwiseOr(1 << UInt32(number), ordering: .relaxed)
  }

  /// Pages begin with a frame, two pages with the same.
  private func fill(_ number: Int) {
    pages[number].fill(UInt8(truncatingIfNeeded: number))
    pages[number].store(SampleFrames.all[number / 2 % SampleFrames.all.count])
  }
}
