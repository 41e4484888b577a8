/// How the address of an interface in the store is read.
public enum AddressForm: Hashable, Sendable {
  /// Six hexadecimal numbers of any length, of which 8 bits count, as Linux reads them.
  case scanned
  /// Six octets of two hexadecimal digits.
  case exact

  /// The six bytes of a text with colons between octets; `nil` if it is no such address.
  func address(_ text: String) -> [UInt8]? {
    let octets = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard octets.count == 6 else { return nil }
    let bytes = octets.compactMap { octet -> UInt8? in
      guard let first = octet.first, self == .scanned || octet.count == 2 else { return nil }
      _ = first
      return Self.number(octet)
    }
    return bytes.count == 6 ? bytes : nil
  }

  /// 8 bits of a hexadecimal number.
  private static func number(_ digits: Substring.UTF8View.SubSequence) -> UInt8? {
    var value: UInt8 = 0
    for digit in digits {
      guard let digit = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
      value = value &<< 4 | UInt8(digit)
    }
    return value
  }
}
