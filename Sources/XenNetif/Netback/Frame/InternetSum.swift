/// The sum of the internet protocols: 16-bit words in ones' complement, first byte high.
///
/// Source: RFC 1071.
struct InternetSum {
  private var total: UInt64 = 0

  /// Adds bytes; the last of an odd number of them counts as a high byte.
  ///
  /// Only the last run of several may have an odd number of bytes.
  mutating func add(_ bytes: UnsafeRawPointer, count: Int) {
    // Words of the machine's own order are added, which gives the sum with its bytes swapped.
    var swapped: UInt64 = 0
    var offset = 0
    while offset &+ 4 <= count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      swapped &+= UInt64(UInt32(littleEndian: word))
      offset &+= 4
    }
    if offset &+ 2 <= count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
      swapped &+= UInt64(UInt16(littleEndian: word))
      offset &+= 2
    }
    if offset < count {
      swapped &+= unsafe UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self))
    }
    total &+= UInt64(Self.fold(swapped).byteSwapped)
  }

  /// Adds one word.
  mutating func add(_ word: UInt16) { total &+= UInt64(word) }

  /// The sum as 16 bits.
  var folded: UInt16 { Self.fold(total) }

  /// What makes the sum of everything all ones: the checksum.
  var checksum: UInt16 { ~folded }

  private static func fold(_ total: UInt64) -> UInt16 {
    var sum = total
    while sum > 0xFFFF { sum = (sum & 0xFFFF) &+ sum &>> 16 }
    return UInt16(truncatingIfNeeded: sum)
  }
}
