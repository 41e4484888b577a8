/// How a number in the store is read.
public enum StoreNumberForm: Hashable, Sendable {
  /// White space, then decimal digits; what follows them is not looked at, and 32 bits of the number
  /// count, as Linux scans keys.
  case scanned
  /// Decimal digits that are a number of 32 bits, and nothing else.
  case exact

  /// The number of a text; `nil` if it has none.
  func number(_ text: String) -> UInt32? {
    switch self {
    case .exact:
      return text.utf8.allSatisfy(\.isDigit) ? UInt32(text) : nil
    case .scanned:
      let digits = text.utf8.drop(while: \.isSpace).prefix(while: \.isDigit)
      guard !digits.isEmpty else { return nil }
      return digits.reduce(0) { $0 &* 10 &+ UInt32($1 &- UInt8(ascii: "0")) }
    }
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isSpace: Bool { self == UInt8(ascii: " ") || (9...13).contains(self) }
}
