extension NetworkHeader {
  /// The sum over what stands for the network header in a checksum: addresses, protocol and length.
  ///
  /// - Parameter length: The bytes from the transport header on.
  func pseudoSum(_ frame: UnsafeRawPointer, length: Int) -> InternetSum {
    let packet = unsafe frame + NetworkProtocol.ethernetLength
    var sum = InternetSum()
    switch network {
    case .ip4: unsafe sum.add(packet + 12, count: 8)
    case .ip6: unsafe sum.add(packet + 8, count: 32)
    }
    sum.add(UInt16(transport.rawValue))
    sum.add(UInt16(truncatingIfNeeded: length))
    return sum
  }

  /// Where the checksum lies, in bytes from the begin of the frame.
  var checksumField: Int { transportStart + transport.checksumOffset }

  /// Puts the sum over the pseudo header into the field, where whoever fills in the checksum expects
  /// it.
  func writePseudoSum(_ frame: UnsafeMutableRawPointer, count: Int) {
    let sum = unsafe pseudoSum(frame, length: count - transportStart)
    unsafe frame.writeBig(sum.folded, at: checksumField)
  }
}

/// A checksum that is still to be filled in: the field holds a sum over what is not in the range.
struct ChecksumPlace: Equatable, Sendable {
  /// The first byte that it covers, from the begin of the frame; it covers all from there on.
  var start: Int
  /// Where the field lies behind ``start``, in bytes.
  var offset: Int

  /// Fills the checksum in, if the field lies in the frame.
  ///
  /// A sum of zero is written as its other form, because zero means that there is no checksum (RFC
  /// 768).
  ///
  /// - Returns: Whether it does.
  @discardableResult
  func complete(_ frame: UnsafeMutableRawPointer, count: Int) -> Bool {
    guard start + offset + 2 <= count else { return false }
    var sum = InternetSum()
    unsafe sum.add(frame + start, count: count - start)
    unsafe frame.writeBig(sum.checksum == 0 ? 0xFFFF : sum.checksum, at: start + offset)
    return true
  }
}
