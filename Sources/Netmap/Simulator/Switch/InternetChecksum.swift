/// The checksum of IP, TCP and UDP, over words of 16 bits whose first byte is the low one.
///
/// Source: RFC 1071.
enum InternetChecksum {
  /// Adds bytes to a sum; the last of an odd number of them counts as a low byte.
  static func sum(_ bytes: UnsafeRawPointer, _ count: Int, _ initial: UInt32 = 0) -> UInt32 {
    var sum = UInt64(initial)
    var offset = 0
    while offset + 4 <= count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      sum &+= UInt64(UInt32(littleEndian: word))
      offset += 4
    }
    if offset + 2 <= count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
      sum &+= UInt64(UInt16(littleEndian: word))
      offset += 2
    }
    if offset < count { sum &+= unsafe UInt64(bytes.load(fromByteOffset: offset, as: UInt8.self)) }
    sum = (sum & 0xffff_ffff) &+ sum &>> 32
    return UInt32(truncatingIfNeeded: (sum & 0xffff_ffff) &+ sum &>> 32)
  }

  /// The checksum of a sum, the low byte first.
  static func folded(_ sum: UInt32) -> UInt16 {
    var sum = sum
    while sum &>> 16 != 0 { sum = (sum & 0xffff) &+ sum &>> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}
