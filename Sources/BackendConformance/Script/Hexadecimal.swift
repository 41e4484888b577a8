/// Bytes and numbers in base 16, as scripts and reports write them.
enum Hexadecimal {
  /// A byte as two digits.
  static func string(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }

  /// Bytes as digits without a separator.
  static func string(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { string($0) }.joined()
  }

  /// The bytes that digits stand for, white space aside; `nil` if they are not pairs of digits.
  static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.filter { !$0.isWhitespace }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var rest = digits[...]
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
