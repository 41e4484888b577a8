/// Which port an address was last seen at.
///
/// An address has one place, which the next one with the same hash takes.
///
/// Source: netmap_vale.c, `netmap_vale_learning`.
@safe final class LearningTable {
  private static let size = 1024

  private struct Entry {
    var address: UInt64 = 0
    var port: UInt32 = 0
  }

  private let entries: UnsafeMutablePointer<Entry>

  init() {
    unsafe entries = .allocate(capacity: Self.size)
    unsafe entries.initialize(repeating: Entry(), count: Self.size)
  }

  deinit { unsafe entries.deallocate() }

  /// Notes an address of 48 bits.
  @inline(__always)
  func learn(_ address: UInt64, at port: Int) {
    unsafe entries[Self.hash(address)] = Entry(
      address: address,
      port: UInt32(truncatingIfNeeded: port)
    )
  }

  /// The port of an address; `nil` if it is not known.
  @inline(__always)
  func port(of address: UInt64) -> Int? {
    let entry = unsafe entries[Self.hash(address)]
    return entry.address == address ? Int(entry.port) : nil
  }

  /// The place of an address, whose first byte is the lowest.
  ///
  /// Source: Bob Jenkins, "Algorithm Alley", Dr. Dobb's Journal, September 1997.
  @inline(__always)
  private static func hash(_ address: UInt64) -> Int {
    var a: UInt32 = 0x9e37_79b9 &+ UInt32(truncatingIfNeeded: address)
    var b: UInt32 = 0x9e37_79b9 &+ UInt32(truncatingIfNeeded: address &>> 32 & 0xffff)
    var c: UInt32 = 0
    a = (a &- b &- c) ^ (c &>> 13)
    b = (b &- c &- a) ^ (a &<< 8)
    c = (c &- a &- b) ^ (b &>> 13)
    a = (a &- b &- c) ^ (c &>> 12)
    b = (b &- c &- a) ^ (a &<< 16)
    c = (c &- a &- b) ^ (b &>> 5)
    a = (a &- b &- c) ^ (c &>> 3)
    b = (b &- c &- a) ^ (a &<< 10)
    c = (c &- a &- b) ^ (b &>> 15)
    return Int(c & UInt32(size - 1))
  }
}
